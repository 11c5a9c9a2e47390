import type { FileSpec } from '../entity/container-spec.ts';
import { installPackages, WITH_SBIN } from '../software/debian-packages.ts';
import type { SoftwareCommands } from '../software/process-spec.ts';

/** Debian's HAProxy as a process of ours, with no file below `/etc`. Where root logs in its master stays root, and its workers are HAProxy's user. */
export function haproxyCommands(file: FileSpec): SoftwareCommands {
  return {
    install: installPackages({ program: 'haproxy', packages: ['haproxy'], services: ['haproxy.service'] }),
    customize: null,
    launch: LAUNCH,
    check: null,
    stop: null,
    env: { CONFIG: file.path },
    files: [file],
  };
}

const LAUNCH = `${WITH_SBIN}
u="$RUN_DIR/user.cfg"
if [ "$(id -u)" = 0 ]; then printf 'global\\n  user haproxy\\n  group haproxy\\n' >"$u"; else : >"$u"; fi || exit 1
nohup haproxy -W -db -f "$CONFIG" -f "$u" >>"$RUN_DIR/console" 2>&1 </dev/null &
echo $! >"$PID_FILE"`;

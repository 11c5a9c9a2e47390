import type { FileSpec } from '../entity/container-spec.ts';
import { installPackages, WITH_SBIN } from '../software/debian-packages.ts';
import type { SoftwareCommands, SoftwarePlace } from '../software/process-spec.ts';

/** Who its workers are where root logs in. It is written when it is launched, since only then it is known who logs in. */
export const USER_FILE = 'user.conf';

/**
 * Debian's nginx as a process of ours, with no file below `/etc`. Where root logs in its master stays root, and its workers are `www-data`. What it
 * says before it has read its file is in our console from 1.19.5 on.
 */
export function nginxCommands(file: FileSpec, { runDir }: SoftwarePlace): SoftwareCommands {
  return {
    install: installPackages({ program: 'nginx', packages: ['nginx-light'], services: ['nginx.service'] }),
    customize: null,
    launch: `${WITH_SBIN}
u="$RUN_DIR/${USER_FILE}"
if [ "$(id -u)" = 0 ]; then echo 'user www-data;' >"$u"; else : >"$u"; fi || exit 1
e=; nginx -h 2>&1 | grep -q ' -e filename' && e='-e stderr'
nohup nginx $e -p "$PREFIX" -c "$CONFIG" >>"$RUN_DIR/console" 2>&1 </dev/null &
echo $! >"$PID_FILE"`,
    check: null,
    stop: null,
    env: { CONFIG: file.path, PREFIX: `${runDir}/` },
    files: [file],
  };
}

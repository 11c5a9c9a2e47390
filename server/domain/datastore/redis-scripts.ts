import { asUser, installPackages } from '../software/debian-packages.ts';
import type { SoftwareCommands, SoftwarePlace } from '../software/process-spec.ts';

/** Debian's Redis as a process of ours, with data and port of its own and no file below `/etc`. `options`: arguments of the server. */
export function redisCommands({ options }: { readonly options: readonly string[] }, place: SoftwarePlace): SoftwareCommands {
  return {
    install: installPackages({ program: 'redis-server', packages: ['redis-server'], services: ['redis-server.service'] }),
    customize: `${asUser('redis')}
d="$DATA_DIR/redis"
[ -d "$d" ] || { mkdir "$d" && chmod 700 "$d" && chown "$user" "$d"; }`,
    launch: `${asUser('redis')}
cd "$DATA_DIR/redis" || exit 1
master=\${MASTER_PORT#tcp://}
nohup $as redis-server $REDIS_OPTIONS --dir "$DATA_DIR/redis" \${master:+--replicaof "\${master%:*}" "\${master##*:}"} >>"$RUN_DIR/console" 2>&1 &
echo $! >"$PID_FILE"`,
    check: null,
    stop: null,
    env: { DATA_DIR: place.dataDir, REDIS_OPTIONS: options.join(' ') },
  };
}

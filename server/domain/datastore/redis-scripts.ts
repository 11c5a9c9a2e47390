import { asUser, installPackages } from '../software/debian-packages.ts';
import type { SoftwareCommands, SoftwarePlace } from '../software/process-spec.ts';

interface RedisServer {
  /** Arguments of the server. */
  readonly options: readonly string[];
  readonly password: string | undefined;
}

/** The password stands in what the server reads from its standard input: arguments are seen by others. */
export function withPassword(start: string): string {
  return `${start} - <<EOF
requirepass "$REDISCLI_AUTH"
masterauth "$REDISCLI_AUTH"
EOF`;
}

/** Debian's Redis as a process of ours, with data and port of its own and no file below `/etc`. */
export function redisCommands({ options, password }: RedisServer, place: SoftwarePlace): SoftwareCommands {
  const start = `nohup $as redis-server $REDIS_OPTIONS --dir "$DATA_DIR/redis" \${master:+--replicaof "\${master%:*}" "\${master##*:}"}`;
  const output = '>>"$RUN_DIR/console" 2>&1 &';
  return {
    install: installPackages({ program: 'redis-server', packages: ['redis-server'], services: ['redis-server.service'] }),
    customize: `${asUser('redis')}
d="$DATA_DIR/redis"
mkdir -p "$d" && chmod 700 "$d" && chown "$user" "$d"`,
    launch: `${asUser('redis')}
cd "$DATA_DIR/redis" || exit 1
master=\${MASTER_PORT#tcp://}
${password === undefined ? `${start} ${output}` : withPassword(start).replace('<<EOF', `<<EOF ${output}`)}
echo $! >"$PID_FILE"`,
    check: null,
    stop: null,
    env: { DATA_DIR: place.dataDir, REDIS_OPTIONS: options.join(' '), ...(password === undefined ? {} : { REDISCLI_AUTH: password }) },
  };
}

import { asUser, installPackages } from './debian-packages.ts';
import type { SoftwareCommands, SoftwarePlace } from './process-spec.ts';

export interface RabbitServer {
  readonly port: number;
  readonly virtualHost: string;
  /** Made with the data. Without one there is `guest`, which only who is on its machine may be. */
  readonly login: { readonly user: string; readonly password: string } | null;
  /** Of its console; null has none. */
  readonly managementPort: number | null;
}

/**
 * A RabbitMQ of its image, or of Debian, as a process of ours with data of its own and no file below `/etc`. Its node is `rabbit@localhost`, so that its
 * data is found again whatever its place is called, and what is for other nodes and tools listens on the loopback alone. The server is the process itself and not the script around it, which would leave it behind where that is killed.
 */
export function rabbitCommands(server: RabbitServer, place: SoftwarePlace): SoftwareCommands {
  return {
    install:
      place.kind === 'container'
        ? null
        : installPackages({
            program: 'rabbitmq-server',
            packages: ['rabbitmq-server'],
            services: ['rabbitmq-server.service', 'epmd.service', 'epmd.socket'],
          }),
    // What the server could have put in the place of a file is written to as its user alone.
    customize: `${checkText(server)}${asUser('rabbitmq')}
d="$DATA_DIR/rabbitmq"
mkdir -p "$d" && chmod 700 "$d" && chown "$user" "$d" || exit 1
umask 077
for f in rabbitmq.conf enabled_plugins; do $as sh -c 'cat >"$1"' sh "$d/$f" <"$RUN_DIR/$f" || exit 1; done`,
    launch: `${asUser('rabbitmq')}
for s in /usr/lib/rabbitmq/bin/rabbitmq-server "$(command -v rabbitmq-server)"; do [ -x "$s" ] && break; done
[ -x "$s" ] || { echo 'There is no RabbitMQ here: in a container give docker.image.name an image with one' >&2; exit 1; }
d="$DATA_DIR/rabbitmq"
o="$RUN_DIR/console"
${place.kind === 'container' ? '[ -w /proc/1/fd/1 ] && o=/proc/1/fd/1\n' : ''}cd "$d" || exit 1
export HOME="$d" RABBITMQ_NODENAME=rabbit@localhost RABBITMQ_MNESIA_BASE="$d/mnesia" RABBITMQ_LOGS=-
export RABBITMQ_CONFIG_FILE="$d/rabbitmq.conf" RABBITMQ_ENABLED_PLUGINS_FILE="$d/enabled_plugins" RABBITMQ_CONF_ENV_FILE=/dev/null
export RABBITMQ_ALLOW_INPUT=1 RABBITMQ_SERVER_START_ARGS=-noinput
export ERL_EPMD_ADDRESS=127.0.0.1 RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1}'
nohup $as "$s" >>"$o" 2>&1 </dev/null &
echo $! >"$PID_FILE"`,
    check: null,
    stop: null,
    env: { DATA_DIR: place.dataDir },
    files: [
      { path: `${place.runDir}/rabbitmq.conf`, content: configText(server), mode: 0o600 },
      {
        path: `${place.runDir}/enabled_plugins`,
        content: server.managementPort === null ? '[].\n' : '[rabbitmq_management].\n',
        mode: 0o644,
      },
    ],
  };
}

/** A secret is known only where it is written: one that the file would read otherwise makes no login that nobody asked for. */
function checkText(server: RabbitServer): string {
  if (server.login === null) return '';
  const lines = configText(server).split('\n').length - 1;
  return `f="$RUN_DIR/rabbitmq.conf"
LC_ALL=C grep -qx 'default_user = [A-Za-z0-9_./-][A-Za-z0-9_./-]*' "$f" && LC_ALL=C grep -qx 'default_pass = []!$-&(-[^-~][]!$-&(-[^-~]*' "$f" &&
  ! grep -qF '$(' "$f" && [ "$(wc -l <"$f")" -eq ${lines} ] ||
  { echo 'rabbitmq.user needs letters, digits, “_”, “.”, “/” and “-”; rabbitmq.password characters without spaces, quotes, “#”, “\\” and “$(”' >&2; exit 1; }
`;
}

function configText({ port, virtualHost, login, managementPort }: RabbitServer): string {
  const lines = [
    `listeners.tcp.default = ${port}`,
    `default_vhost = ${virtualHost}`,
    ...(login === null ? [] : [`default_user = ${login.user}`, `default_pass = ${login.password}`]),
    ...(managementPort === null ? [] : [`management.tcp.port = ${managementPort}`]),
  ];
  return `${lines.join('\n')}\n`;
}

import type { FileSpec } from '../entity/container-spec.ts';
import { asUser, installPackages } from '../software/debian-packages.ts';
import type { SoftwareCommands, SoftwarePlace } from '../software/process-spec.ts';

export interface PostgresSettings {
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** Arguments of the server. */
  readonly options: readonly string[];
  /** SQL that is run once, in the database, in this order. */
  readonly scripts: readonly FileSpec[];
}

/** Debian's PostgreSQL as a process of ours: with data and port of its own, none of the clusters that Debian's tools make. */
export function postgresCommands(settings: PostgresSettings, place: SoftwarePlace): SoftwareCommands {
  const { port, database, user, password, options, scripts } = settings;
  return {
    install: installPackages({
      // Its server is in no path: the tools that come with it are.
      program: ['pg_ctlcluster', 'psql'],
      packages: ['postgresql', 'tzdata'],
      services: ['postgresql.service'],
      before: NO_CLUSTER,
    }),
    customize: FIRST_SETUP,
    launch: LAUNCH,
    check: null,
    stop: STOP,
    env: {
      DATA_DIR: place.dataDir,
      DB_PORT: String(port),
      DB_NAME: database,
      DB_USER: user,
      DB_PASSWORD: password,
      DB_OPTIONS: options.join(' '),
    },
    files: scripts.map(({ path, ...script }) => ({ ...script, path: `${place.runDir}/${SCRIPTS}/${path}`, mode: 0o600 })),
  };
}

const SCRIPTS = 'creation-scripts';

/**
 * Ends sessions; SIGTERM, which comes after it, would wait for them. Only a process that is called with this folder of data: after a restart of the
 * machine the number in the PID file may be that of any other.
 */
const STOP = `p=$(head -n 1 "$PID_FILE" 2>/dev/null | tr -cd 0-9)
[ -n "$p" ] && tr '\\0' '\\n' 2>/dev/null <"/proc/$p/cmdline" | grep -qxF "$DATA_DIR/postgresql" && kill -INT "$p"`;

const NO_CLUSTER = `mkdir -p /etc/postgresql-common
[ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf`;

/** Data is served by the version that made it, also where a later one has come beside that. */
const PLACES = `${asUser('postgres')}
b=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
d="$DATA_DIR/postgresql"
[ ! -e "$d/PG_VERSION" ] || b="/usr/lib/postgresql/$(cat "$d/PG_VERSION")/bin"`;

/** Whole or not at all: made beside its place, and moved there when all of it is done. */
const FIRST_SETUP = `${PLACES}
n="$d.new"
cd "$DATA_DIR" || exit 1
[ -e "$d" ] && { echo "Its data is there."; exit 0; }
if [ -e "$n/postmaster.pid" ]; then $as "$b/pg_ctl" -D "$n" -m immediate -w stop; fi
rm -rf "$n"; mkdir "$n" && chmod 700 "$n" && chown "$user" "$n" || exit 1
s=$(mktemp -d /tmp/clocker-postgres.XXXXXX) && chown "$user" "$s" || exit 1
trap '[ ! -e "$n/postmaster.pid" ] || $as "$b/pg_ctl" -D "$n" -m immediate -w stop; rm -rf "$s"' EXIT
$as "$b/initdb" -D "$n" --username="$DB_USER" --auth-local=trust --auth-host=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 >/dev/null || exit 1
$as "$b/pg_ctl" -D "$n" -l "$n/setup.log" -o "-c listen_addresses='' -c unix_socket_directories='$s'" -w -t 120 start >/dev/null || { tail -n 5 "$n/setup.log" >&2; exit 1; }
sql() { $as psql -X -q -v ON_ERROR_STOP=1 -h "$s" -U "$DB_USER" -d "$1"; }
sql postgres <<'END' || exit 1
\\set user \`printf %s "$DB_USER"\`
\\set password \`printf %s "$DB_PASSWORD"\`
ALTER USER :"user" PASSWORD :'password';
END
if [ "$DB_NAME" != postgres ]; then
  sql postgres <<'END' || exit 1
\\set name \`printf %s "$DB_NAME"\`
CREATE DATABASE :"name";
END
fi
for f in "$RUN_DIR/${SCRIPTS}"/*; do
  [ -e "$f" ] || continue
  echo "Running $(basename "$f")."
  sql "$DB_NAME" <"$f" || exit 1
done
echo 'host all all all scram-sha-256' >>"$n/pg_hba.conf"
$as "$b/pg_ctl" -D "$n" -m fast -w stop >/dev/null || exit 1
rm -f "$n/setup.log"
mv "$n" "$d"`;

const LAUNCH = `${PLACES}
cd "$d" || exit 1
nohup $as "$b/postgres" -D "$d" -p "$DB_PORT" -c "listen_addresses=*" -c unix_socket_directories= $DB_OPTIONS >>"$RUN_DIR/console" 2>&1 &
echo $! >"$PID_FILE"`;

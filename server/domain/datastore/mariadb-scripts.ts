import type { FileSpec } from '../entity/container-spec.ts';
import { asUser, installPackages } from '../software/debian-packages.ts';
import type { SoftwareCommands, SoftwarePlace } from '../software/process-spec.ts';

export interface MariaDbSettings {
  readonly port: number;
  readonly database: string | undefined;
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** Undefined: root comes in on the machine only, without a password. */
  readonly rootPassword: string | undefined;
  /** SQL that is run once, in the database where one is made. */
  readonly creationScript: string | undefined;
}

const SCRIPT_FILE = 'creation-script.sql';

/** Debian's MariaDB as a process of ours beside whatever else is on the machine: with data, port and socket of its own, and no file below `/etc`. */
export function mariadbCommands(settings: MariaDbSettings, place: SoftwarePlace): SoftwareCommands {
  const { creationScript: script } = settings;
  const files: readonly FileSpec[] = script === undefined ? [] : [{ path: `${place.runDir}/${SCRIPT_FILE}`, content: script, mode: 0o600 }];
  return {
    install: installPackages({ program: 'mariadbd', packages: ['mariadb-server', 'tzdata'], services: ['mariadb.service'] }),
    customize: FIRST_SETUP,
    launch: LAUNCH,
    check: null,
    stop: null,
    env: environment(settings, place),
    files,
  };
}

/** Values go by the environment: none becomes part of a script. */
function environment({ port, ...given }: MariaDbSettings, { dataDir }: SoftwarePlace): Readonly<Record<string, string>> {
  const texts = { DB_NAME: given.database, DB_USER: given.user, DB_PASSWORD: given.password, DB_ROOT_PASSWORD: given.rootPassword };
  const env: Record<string, string> = { DATA_DIR: dataDir, DB_PORT: String(port) };
  for (const [name, text] of Object.entries(texts)) if (text !== undefined) env[name] = text;
  return env;
}

/** Whole or not at all: made beside its place, and moved there when all of it is done. */
const FIRST_SETUP = `${asUser('mysql')}
d="$DATA_DIR/mysql"; n="$DATA_DIR/mysql.new"
cd "$DATA_DIR" || exit 1
[ -e "$d" ] && { echo "Its data is there."; exit 0; }
rm -rf "$n"; mkdir "$n" && chmod 700 "$n" && chown "$user" "$n" || exit 1
$as mariadb-install-db --no-defaults --datadir="$n" --skip-test-db --auth-root-authentication-method=normal >/dev/null || exit 1
$as mariadbd --no-defaults --datadir="$n" --skip-networking --socket="$n/sock" --pid-file="$n/pid" >"$RUN_DIR/setup.log" 2>&1 &
s=$!
trap 'kill $s 2>/dev/null' EXIT
c="mariadb --no-defaults --socket=$n/sock --user=root"
i=0
until $c -e 'select 1' >/dev/null 2>&1; do
  kill -0 $s 2>/dev/null && [ $i -lt 600 ] || { echo "The server did not start for its first setup:" >&2; tail -n 5 "$RUN_DIR/setup.log" >&2; exit 1; }
  i=$((i + 1)); sleep 0.1
done
text() { printf %s "$1" | sed -e 's/\\\\/\\\\\\\\/g' -e "s/'/''/g"; }
name() { printf %s "$1" | sed 's/\`/\`\`/g'; }
say() { printf '%s\\n' "$1"; }
accounts() {
  say "DELETE FROM mysql.global_priv WHERE User = '' OR (User = 'root' AND Host <> 'localhost'); FLUSH PRIVILEGES;"
  [ -z "$DB_NAME" ] || say "CREATE DATABASE IF NOT EXISTS \\\`$(name "$DB_NAME")\\\`;"
  if [ -n "$DB_USER" ]; then
    say "CREATE USER '$(text "$DB_USER")'@'%' IDENTIFIED BY '$(text "$DB_PASSWORD")';"
    [ -z "$DB_NAME" ] || say "GRANT ALL ON \\\`$(name "$DB_NAME")\\\`.* TO '$(text "$DB_USER")'@'%';"
  fi
}
root() {
  if [ -z "$DB_ROOT_PASSWORD" ]; then say "ALTER USER 'root'@'localhost' IDENTIFIED VIA unix_socket;"; return; fi
  say "CREATE USER 'root'@'%' IDENTIFIED BY '$(text "$DB_ROOT_PASSWORD")'; GRANT ALL ON *.* TO 'root'@'%' WITH GRANT OPTION;"
  say "ALTER USER 'root'@'localhost' IDENTIFIED BY '$(text "$DB_ROOT_PASSWORD")';"
}
accounts | $c || exit 1
if [ -e "$RUN_DIR/${SCRIPT_FILE}" ]; then echo "Running the creation script."; $c $DB_NAME <"$RUN_DIR/${SCRIPT_FILE}" || exit 1; fi
root | $c || exit 1
trap - EXIT
kill $s && wait $s
rm -f "$n/sock" "$n/pid"
mv "$n" "$d"`;

const LAUNCH = `${asUser('mysql')}
d="$DATA_DIR/mysql"
cd "$d" || exit 1
nohup $as mariadbd --no-defaults --datadir="$d" --socket="$d/sock" --pid-file="$d/pid" --port="$DB_PORT" --skip-name-resolve --character-set-server=utf8mb4 >>"$RUN_DIR/console" 2>&1 &
echo $! >"$PID_FILE"`;

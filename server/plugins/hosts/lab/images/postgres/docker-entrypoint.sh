#!/bin/bash
# Same contract as the official image: POSTGRES_PASSWORD, _USER, _DB, _INITDB_ARGS (also as *_FILE), POSTGRES_HOST_AUTH_METHOD and
# /docker-entrypoint-initdb.d/*.sh, *.sql and *.sql.gz, all only while the data folder is empty.
set -eo pipefail
shopt -s nullglob

setting() { # NAME DEFAULT
  local name=POSTGRES_$1 file=POSTGRES_$1_FILE
  if [ -n "${!file:-}" ]; then cat "${!file}"; else printf %s "${!name:-$2}"; fi
}

first_setup() {
  local user password database method file client
  user=$(setting USER postgres) password=$(setting PASSWORD '') database=$(setting DB "$user")
  method=$(setting HOST_AUTH_METHOD scram-sha-256)
  if [ -z "$password" ] && [ "$method" != trust ]; then
    echo 'error: give POSTGRES_PASSWORD, or POSTGRES_HOST_AUTH_METHOD=trust to let everybody in' >&2
    exit 1
  fi
  initdb --username="$user" --pwfile=<(printf '%s\n' "${password:-unused}") --auth-local=trust --auth-host="$method" $(setting INITDB_ARGS '')
  echo "host all all all $method" >> "$PGDATA/pg_hba.conf"
  pg_ctl -D "$PGDATA" -o "-c listen_addresses=''" -w start
  if [ "$database" != postgres ]; then
    psql -v ON_ERROR_STOP=1 --username "$user" --no-psqlrc --dbname postgres --set db="$database" <<< 'CREATE DATABASE :"db";'
  fi
  client=(psql -v ON_ERROR_STOP=1 --username "$user" --no-psqlrc --dbname "$database")
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
      *.sh) echo "running $file"; if [ -x "$file" ]; then "$file"; else . "$file"; fi ;;
      *.sql) echo "running $file"; "${client[@]}" -f "$file" ;;
      *.sql.gz) echo "running $file"; gunzip -c "$file" | "${client[@]}" ;;
      *) echo "ignoring $file" ;;
    esac
  done
  pg_ctl -D "$PGDATA" -m fast -w stop
  echo 'first setup done; ready for start up'
}

if [ "${1:0:1}" = - ]; then set -- postgres "$@"; fi
if [ "$1" = postgres ]; then
  if [ "$(id -u)" = 0 ]; then
    mkdir -p "$PGDATA" && chown -R postgres:postgres "$PGDATA" /run/postgresql && chmod 700 "$PGDATA"
    exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
  fi
  if [ ! -s "$PGDATA/PG_VERSION" ]; then first_setup; fi
fi
exec "$@"

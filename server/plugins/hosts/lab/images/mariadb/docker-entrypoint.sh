#!/bin/bash
# Same contract as the official image: MARIADB_* or MYSQL_* variables (also as *_FILE) and /docker-entrypoint-initdb.d/*.sh, *.sql
# and *.sql.gz, both only while the data folder is empty.
set -eo pipefail
shopt -s nullglob

setting() { # NAME: value of MARIADB_NAME_FILE, MARIADB_NAME, MYSQL_NAME_FILE or MYSQL_NAME, the first that is set
  local prefix name file
  for prefix in MARIADB MYSQL; do
    name=${prefix}_$1 file=${prefix}_$1_FILE
    if [ -n "${!file:-}" ]; then cat "${!file}"; return; fi
    if [ -n "${!name:-}" ]; then printf %s "${!name}"; return; fi
  done
}
quote() { sed -e 's/\\/\\\\/g' -e "s/'/''/g" <<< "$1"; }
identifier() { sed 's/`/``/g' <<< "$1"; }

accounts() {
  local where
  # The installer leaves accounts without a password for the addresses of this machine.
  echo "DELETE FROM mysql.global_priv WHERE User = '' OR (User = 'root' AND Host <> 'localhost'); FLUSH PRIVILEGES;"
  if [ -n "$database" ]; then echo "CREATE DATABASE IF NOT EXISTS \`$(identifier "$database")\`;"; fi
  if [ -n "$user" ] && [ -n "$password" ]; then
    echo "CREATE USER IF NOT EXISTS '$(quote "$user")'@'%' IDENTIFIED BY '$(quote "$password")';"
    if [ -n "$database" ]; then echo "GRANT ALL ON \`$(identifier "$database")\`.* TO '$(quote "$user")'@'%';"; fi
  fi
  where=$(setting ROOT_HOST)
  where=${where:-%}
  if [ "$where" != localhost ]; then
    echo "CREATE USER IF NOT EXISTS 'root'@'$(quote "$where")' IDENTIFIED BY '$(quote "$root")';"
    echo "GRANT ALL ON *.* TO 'root'@'$(quote "$where")' WITH GRANT OPTION;"
  fi
  if [ -n "$root" ]; then echo "SET PASSWORD FOR 'root'@'localhost' = PASSWORD('$(quote "$root")');"; fi
}

first_setup() {
  local pid client=(mariadb --socket=/run/mysqld/setup.sock --user=root) file
  root=$(setting ROOT_PASSWORD) database=$(setting DATABASE) user=$(setting USER) password=$(setting PASSWORD)
  if [ -n "$(setting RANDOM_ROOT_PASSWORD)" ]; then
    root=$(head -c 18 /dev/urandom | base64)
    echo "GENERATED ROOT PASSWORD: $root"
  fi
  if [ -z "$root$(setting ALLOW_EMPTY_PASSWORD)$(setting ALLOW_EMPTY_ROOT_PASSWORD)" ]; then
    echo 'error: give MARIADB_ROOT_PASSWORD, MARIADB_ALLOW_EMPTY_ROOT_PASSWORD or MARIADB_RANDOM_ROOT_PASSWORD' >&2
    exit 1
  fi
  mariadb-install-db --user=mysql --skip-test-db --auth-root-authentication-method=normal > /dev/null
  mariadbd --skip-networking --socket=/run/mysqld/setup.sock &
  pid=$!
  for _ in $(seq 600); do
    if "${client[@]}" -e 'select 1' > /dev/null 2>&1; then break; fi
    if ! kill -0 "$pid" 2> /dev/null; then echo 'error: the server ended during its first setup' >&2; exit 1; fi
    sleep 0.1
  done
  accounts | "${client[@]}"
  if [ -n "$root" ]; then export MYSQL_PWD=$root; fi
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
      *.sh) echo "running $file"; if [ -x "$file" ]; then "$file"; else . "$file"; fi ;;
      *.sql) echo "running $file"; "${client[@]}" ${database:+"$database"} < "$file" ;;
      *.sql.gz) echo "running $file"; gunzip -c "$file" | "${client[@]}" ${database:+"$database"} ;;
      *) echo "ignoring $file" ;;
    esac
  done
  mariadb-admin --socket=/run/mysqld/setup.sock --user=root shutdown
  wait "$pid"
  unset MYSQL_PWD
  echo 'first setup done; ready for start up'
}

if [ "${1:0:1}" = - ]; then set -- mariadbd "$@"; fi
if [ "$1" = mysqld ]; then shift; set -- mariadbd "$@"; fi
if [ "$1" = mariadbd ]; then
  chown mysql:mysql /var/lib/mysql /run/mysqld
  # The mark goes last: only a setup that was cut short is thrown away and started again.
  if [ -e /var/lib/mysql/.setup-unfinished ]; then find /var/lib/mysql -mindepth 1 -maxdepth 1 \! -name lost+found -exec rm -rf '{}' +; fi
  if [ ! -e /var/lib/mysql/mysql ]; then
    touch /var/lib/mysql/.setup-unfinished
    first_setup
    rm -f /var/lib/mysql/.setup-unfinished
  fi
fi
exec "$@"

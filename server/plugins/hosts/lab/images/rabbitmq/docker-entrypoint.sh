#!/bin/bash
set -e
cookie=/var/lib/rabbitmq/.erlang.cookie
if [ "$1" = rabbitmq-server ] && [ "$(id -u)" = 0 ]; then
  if [ -n "${RABBITMQ_ERLANG_COOKIE:-}" ]; then printf %s "$RABBITMQ_ERLANG_COOKIE" > "$cookie"; chmod 600 "$cookie"; fi
  chown -R rabbitmq:rabbitmq /var/lib/rabbitmq
  # The wrapper in the path changes the user itself and then loses the console.
  shift
  export HOME=/var/lib/rabbitmq
  exec setpriv --reuid=rabbitmq --regid=rabbitmq --init-groups /usr/lib/rabbitmq/bin/rabbitmq-server "$@"
fi
exec "$@"

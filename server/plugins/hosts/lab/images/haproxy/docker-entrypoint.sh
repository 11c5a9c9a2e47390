#!/bin/sh
set -e
if [ "${1#-}" != "$1" ]; then set -- haproxy "$@"; fi
# Master-worker in the foreground: SIGUSR2 reloads the configuration without dropping a connection.
if [ "$1" = haproxy ]; then shift; exec haproxy -W -db "$@"; fi
exec "$@"

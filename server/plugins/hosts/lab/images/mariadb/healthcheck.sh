#!/bin/sh
# Ready once the server answers over TCP: during the first setup it listens on a socket only. Arguments of the official script are taken.
exec mariadb-admin --protocol=tcp --host=127.0.0.1 --connect-timeout=3 --user=healthcheck ping --silent

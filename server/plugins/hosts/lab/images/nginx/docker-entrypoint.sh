#!/bin/bash
set -e
shopt -s nullglob
if [ "$1" = nginx ]; then
  for file in /docker-entrypoint.d/*.envsh; do . "$file"; done
  for file in /docker-entrypoint.d/*.sh; do if [ -x "$file" ]; then "$file"; fi; done
  # Templates may name only variables that exist, so that nginx's own $variables stay.
  names=$(compgen -e | sed 's/.*/${&}/' | tr '\n' ' ')
  for file in /etc/nginx/templates/*.template; do
    envsubst "$names" < "$file" > "/etc/nginx/conf.d/$(basename "$file" .template)"
  done
fi
exec "$@"

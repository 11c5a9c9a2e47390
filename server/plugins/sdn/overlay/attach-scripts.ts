import { CONTAINERS } from '../attaching/scripts.ts';

/**
 * Fails where the kernel does not encrypt as Swarm does. It is asked by a state between addresses that no host has (RFC 5737), which is taken away at once:
 * of its modules it lists only those that are loaded.
 */
export const ENCRYPTS = `
esp="src 192.0.2.1 dst 192.0.2.2 proto esp spi 0xc10c"
ip xfrm state add $esp mode transport aead 'rfc4106(gcm(aes))' 0x0000000000000000000000000000000000000000 64 >/dev/null 2>&1 &&
ip xfrm state delete $esp
`;

/** Lines: plane, folder of marks; then containers. */
export const OBSERVE = `
${CONTAINERS}
printf '%s\\n' "$CK_TEXT" | {
read -r plane folder
for f in "$folder"/*; do [ -e "$f" ] && echo "mark \${f##*/}"; done
docker network ls --quiet --filter driver=overlay --filter "label=io.clocker.plane=$plane" |
xargs -r docker network inspect --format '{{$n := .Name}}{{range $id, $c := .Containers}}on {{$n}} {{$id}} {{$c.IPv4Address}}{{"\\n"}}{{end}}' 2>/dev/null
containers
:
}
`;

/**
 * Words: folder, network's name, container's id, address. A worker lets go of a network with its last container there, and does not find it for a moment when
 * another comes at once. An address that is still taken is waited for by Docker itself, longer than we do.
 */
export const ATTACH = `
set -- $CK_TEXT
mkdir -p "$1" && : >"$1/$2-$3"
at=$(docker inspect --type container --format "{{with index .NetworkSettings.Networks \\"$2\\"}}{{.IPAddress}}{{end}}" "$3" 2>/dev/null)
[ "$at" = "$4" ] && exit 0
n=0
while :; do
  out=$(timeout 12 docker network connect --ip "$4" "$2" "$3" 2>&1) && exit 0
  n=$((n + 1))
  case $out in
    *"No such container"*) exit 0 ;;
    *"already attached"*|*"already exists in network"*) timeout 5 docker network disconnect --force "$2" "$3" >/dev/null 2>&1 ;;
    *"not found"*) sleep 0.5 ;;
    *) n=9 ;;
  esac
  [ "$n" -lt 6 ] || break
done
printf '%s\\n' "$out"
exit 1
`;

/** Words: folder, network's name, container's id. A container or a network that is gone has nothing to be taken from. */
export const DETACH = `
set -- $CK_TEXT
out=$(timeout 12 docker network disconnect --force "$2" "$3" 2>&1) || case $out in
  *"No such"*|*"not found"*|*"is not connected"*) ;;
  *) printf '%s\\n' "$out"; exit 1 ;;
esac
rm -f "$1/$2-$3"
rmdir "$1" 2>/dev/null
:
`;

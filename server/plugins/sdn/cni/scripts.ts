/** Fixed scripts, run as root; what is in `$CK_TEXT` is told with each. */

/**
 * What the specification calls executing a plug-in. It reads `path`, `id`, `netns`, `ifname`, `args` and `prev`, the result so far. `calls` are lines of
 * a type and its configuration. A plug-in tells errors on its standard output.
 */
const CALL = `
plugin_at() ( IFS=:; for d in $path; do if [ -x "$d/$1" ]; then echo "$d/$1"; exit 0; fi; done; exit 1 )
call() {
  b=$(plugin_at "$2") || { echo "there is no plug-in $2 in $path"; return 127; }
  c=$3
  if [ -n "$prev" ]; then c="\${c%\\}},\\"prevResult\\":$prev}"; fi
  printf '%s' "$c" | CNI_COMMAND=$1 CNI_CONTAINERID=$id CNI_NETNS=$netns CNI_IFNAME=$ifname CNI_ARGS=$args CNI_PATH=$path timeout 15 "$b" 2>/dev/null
}
load() {
  { read -r id inode ifname hash; read -r path; read -r args; calls=$(cat); } <"$1.conf"
  prev=$(cat "$1.result" 2>/dev/null)
}
delete() {
  failed=
  while read -r type config; do
    [ -n "$type" ] || continue
    out=$(call DEL "$type" "$config") || failed="$type: $out"
  done <<END
$(printf '%s\\n' "$calls" | tac)
END
}
`;

const INODE = 'stat -Lc %i';

/** Reads names and ids of containers, a line each, and tells of each that is there: id, process (0: it does not run), network namespace, name, label of its instance. */
export const CONTAINERS = `
containers() {
  xargs -r docker inspect --type container --format '{{.Id}} {{.State.Pid}} {{.Name}} {{index .Config.Labels "io.clocker.instance"}}' 2>/dev/null |
  while read -r id pid name instance; do
    [ -n "$id" ] || continue
    if [ "$pid" -gt 0 ]; then n=$(${INODE} "/proc/$pid/ns/net" 2>/dev/null); else n=; fi
    echo "container $id $pid \${n:-0} $name \${instance:--}"
  done
}
`;

/**
 * Lines: folder of ours and folders of plug-ins, types of plug-ins, whether CHECK is known, then containers. Each that was
 * attached is told with what CHECK says of it.
 */
export const OBSERVE = `
${CALL}${CONTAINERS}
for c in docker ip nsenter tac; do command -v $c >/dev/null || echo "missing $c"; done
printf '%s\\n' "$CK_TEXT" | {
read -r folder path
read -r types
read -r checks
for t in $types; do plugin_at "$t" >/dev/null || echo "absent $t"; done
there=$(containers)
printf '%s\\n' "$there"
for f in "$folder"/*.conf; do
  [ -e "$f" ] || continue
  f=\${f%.conf}
  load "$f"
  set -- $(printf '%s\\n' "$there" | grep -F "container $id ")
  state=gone
  if [ "\${4:-0}" = "$inode" ]; then
    netns=/proc/$3/ns/net
    state=right
    if [ -z "$prev" ]; then state=wrong
    elif [ "$checks" != yes ]; then nsenter --net="$netns" ip link show dev "$ifname" >/dev/null 2>&1 || state=wrong
    else
      while read -r type config; do call CHECK "$type" "$config" >/dev/null || state=wrong; done <<END
$calls
END
    fi
  fi
  echo "attached \${f##*/} $inode $hash $state"
done
}
`;

/**
 * Lines: folder, name, interface, address, hash, id and network namespace; folders of plug-ins; arguments; calls. What is to be undone is written down
 * before anything is done. A container that has ended meanwhile is left: it is looked at again.
 */
export const ADD = `
${CALL}
umask 077
printf '%s\\n' "$CK_TEXT" | {
read -r folder name ifname address hash id inode
read -r path
read -r args
calls=$(cat)
pid=$(docker inspect --type container --format '{{.State.Pid}}' "$id" 2>/dev/null)
[ "\${pid:-0}" -gt 0 ] || exit 0
netns=/proc/$pid/ns/net
[ "$(${INODE} "$netns" 2>/dev/null)" = "$inode" ] || exit 0
mkdir -p "$folder"
printf '%s\\n' "$id $inode $ifname $hash" "$path" "$args" "$calls" >"$folder/$name.conf"
failed=
prev=
while read -r type config; do
  out=$(call ADD "$type" "$config") || { failed="$type: $out"; break; }
  if [ -n "$out" ]; then prev=$out; fi
done <<END
$calls
END
if [ -z "$failed" ]; then
  case $prev in
    *"\\"$address/"*) printf '%s' "$prev" >"$folder/$name.result"; exit 0 ;;
    *) failed="its plug-ins gave it another address than $address: $prev" ;;
  esac
fi
why=$failed
delete
rm -f "$folder/$name.conf"
rmdir "$folder" 2>/dev/null
printf '%s\\n' "$why"
exit 1
}
`;

/** Words: folder, name. Where the network namespace is gone a plug-in gives back what it kept elsewhere, if it is still there. */
export const DEL = `
${CALL}
set -- $CK_TEXT
[ -e "$1/$2.conf" ] || exit 0
load "$1/$2"
pid=$(docker inspect --type container --format '{{.State.Pid}}' "$id" 2>/dev/null)
netns=
if [ "\${pid:-0}" -gt 0 ] && [ "$(${INODE} "/proc/$pid/ns/net" 2>/dev/null)" = "$inode" ]; then netns=/proc/$pid/ns/net; fi
delete
if [ -n "$failed" ] && [ -n "$netns" ]; then printf '%s\\n' "$failed"; exit 1; fi
rm -f "$1/$2.conf" "$1/$2.result"
rmdir "$1" 2>/dev/null
:
`;

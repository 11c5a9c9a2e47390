/** Fixed scripts, run as root; what is in `$CK_TEXT` is told with each. */

const INODE = 'stat -Lc %i';

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
  { read -r id inode ifname hash pid _; read -r path; read -r args; calls=$(cat); } <"$1.conf"
  prev=$(cat "$1.result" 2>/dev/null)
  netns=
  if [ "$(${INODE} "/proc/$pid/ns/net" 2>/dev/null)" = "$inode" ]; then netns=/proc/$pid/ns/net; fi
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
 * Lines: folder of ours and folders of plug-ins, types of plug-ins, then containers. What was attached is told as it is without a plug-in being executed: this
 * is between a container and its first packet. A container whose network namespace is the one in which it was attached is the one that it was then; Docker
 * is only asked for the others.
 */
export const OBSERVE = `
${CALL}${CONTAINERS}
for c in docker ip nsenter tac; do command -v $c >/dev/null || echo "missing $c"; done
printf '%s\\n' "$CK_TEXT" | {
read -r folder path
read -r types
keys=$(cat)
for t in $types; do plugin_at "$t" >/dev/null || echo "absent $t"; done
known=' '
for f in "$folder"/*.conf; do
  [ -e "$f" ] || continue
  read -r id inode ifname hash pid name instance <"$f"
  f=\${f%.conf}
  state=gone
  if [ "$(${INODE} "/proc/$pid/ns/net" 2>/dev/null)" = "$inode" ]; then
    state=wrong
    if [ -s "$f.result" ]; then
      while read -r link _; do if [ "$link" = "$ifname:" ]; then state=right; fi; done <"/proc/$pid/net/dev"
    fi 2>/dev/null
    case $known in
      *" $id "*) ;;
      *) if [ -n "$instance" ]; then known="$known$id $name "; echo "container $id $pid $inode $name $instance"; fi ;;
    esac
  fi
  echo "attached \${f##*/} $inode $hash $state"
done
for k in $keys; do case $known in *" $k "*) ;; *) echo "$k" ;; esac; done | containers
}
`;

/** Line: folder. Names of what is not as it was made, by CHECK; one that is too slow to say anything (status 124 of `timeout`) cuts nobody off. */
export const CHECK = `
${CALL}
for f in "$CK_TEXT"/*.conf; do
  [ -e "$f" ] || continue
  f=\${f%.conf}
  load "$f"
  [ -n "$netns" ] || continue
  while read -r type config; do
    [ -n "$type" ] || continue
    call CHECK "$type" "$config" >/dev/null || [ $? = 124 ] || { echo "wrong \${f##*/}"; break; }
  done <<END
$calls
END
done
:
`;

/**
 * For each that is to be attached the lines: folder, name, interface, address, hash, id, network namespace, process, number of calls, name of the container,
 * label of its instance; folders of plug-ins; arguments; calls. What is to be undone is written down before anything is done. A container that has ended meanwhile is left: it is looked at again; so is
 * one that something is to be undone for first.
 * One that fails does not keep the others from being attached; the first is told, with its address.
 */
export const ADD = `
${CALL}
umask 077
printf '%s\\n' "$CK_TEXT" | {
bad=
while read -r folder name ifname address hash id inode pid count container instance; do
read -r path
read -r args
calls=
while [ "$count" -gt 0 ]; do
  read -r line
  calls="$calls$line
"
  count=$((count - 1))
done
netns=/proc/$pid/ns/net
[ "$(${INODE} "$netns" 2>/dev/null)" = "$inode" ] && [ ! -e "$folder/$name.conf" ] || continue
[ -d "$folder" ] || mkdir -p "$folder"
printf '%s\\n' "$id $inode $ifname $hash $pid $container $instance" "$path" "$args" "$calls" >"$folder/$name.conf"
failed=
prev=
while read -r type config; do
  [ -n "$type" ] || continue
  out=$(call ADD "$type" "$config") || { failed="$type: $out"; break; }
  if [ -n "$out" ]; then prev=$out; fi
done <<END
$calls
END
if [ -z "$failed" ]; then
  case $prev in
    *"\\"$address/"*) printf '%s' "$prev" >"$folder/$name.result"; continue ;;
    *) failed="its plug-ins gave it another address than $address: $prev" ;;
  esac
fi
why=$failed
delete
[ -n "$failed" ] || rm -f "$folder/$name.conf"
rmdir "$folder" 2>/dev/null
[ -n "$bad" ] || bad="$address $why"
done
[ -z "$bad" ] || { printf '%s\\n' "$bad"; exit 1; }
}
`;

/** Lines: folder, name. The first that fails is told with its name when all were tried. Where the network namespace is gone a plug-in gives back what it kept elsewhere, if it is still there. */
export const DEL = `
${CALL}
printf '%s\\n' "$CK_TEXT" | {
bad=
while read -r folder name; do
[ -e "$folder/$name.conf" ] || continue
load "$folder/$name"
delete
if [ -n "$failed" ] && [ -n "$netns" ]; then
  [ -n "$bad" ] || bad="$name $failed"
  continue
fi
rm -f "$folder/$name.conf" "$folder/$name.result"
rmdir "$folder" 2>/dev/null
done
[ -z "$bad" ] || { printf '%s\\n' "$bad"; exit 1; }
}
`;

/** Fixed scripts, run as root; words of `$CK_TEXT`’s first line are values of ours. */

/** Reads `table`. As it is kept after each writing. One nft does not find tables of two families. */
const RULES_NOW = `
rules_now() { nft list table inet "$table"; nft list table bridge "$table"; }
`;

/**
 * First line: plane, folder, nft table, number of the table of routes, port; then bridges, then peers. It is between a container and its first packet: what
 * the shell itself can read starts no process, and who listens on the port is only asked for where BIRD is to be started.
 */
export const OBSERVE = `
${RULES_NOW}
for c in ip bird birdc nft iptables; do command -v $c >/dev/null || echo "missing $c"; done
printf '%s\\n' "$CK_TEXT" | {
read -r plane folder table number port
read -r bridges
read -r peers
for d in /sys/class/net/*/bridge; do [ -e "$d" ] && d=\${d%/bridge} && read -r a <"$d/address" && echo "bridge \${d##*/} $a"; done
for b in $bridges; do
  arp= delay=
  { read -r arp </proc/sys/net/ipv4/conf/$b/proxy_arp; read -r delay </proc/sys/net/ipv4/neigh/$b/proxy_delay; } 2>/dev/null
  if [ "$arp" = 1 ] && [ "$delay" = 0 ]; then echo "answering $b"; fi
done
for p in $peers; do case $(ip -4 route get "$p" 2>/dev/null) in *" via "*) echo "routed $p" ;; esac; done
p= alive= read= listed= peers= routes= rules=
if [ -d "$folder" ]; then
  echo "folder $folder"
  h=$(sha256sum "$folder/peers.conf" "$folder/routes.conf" "$folder/rules" 2>/dev/null)
  { read -r read <"$folder/read"; read -r listed <"$folder/rules.listed"; } 2>/dev/null
  set -- $h
  while [ $# -gt 1 ]; do
    case $2 in
      */peers.conf) peers=$1; echo "peers $1" ;;
      */routes.conf) routes=$1; echo "routes $1" ;;
      */rules) rules=$1 ;;
    esac
    shift 2
  done
  [ "$peers $routes" = "$read" ] && echo 'read yes'
  if read -r p <"$folder/pid" && grep -qF "$folder/peers.conf" "/proc/$p/cmdline"; then alive=yes; echo 'bird alive'; else p=none; fi 2>/dev/null
fi
t=$(command -v nft >/dev/null && rules_now 2>/dev/null)
if [ -n "$t" ]; then
  echo "table $table"
  h=$(printf '%s' "$t" | sha256sum)
  if [ "\${h%% *}" = "$listed" ] && [ -n "$rules" ]; then echo "rules $rules"; fi
fi
case $(ip rule show priority "$number" 2>/dev/null) in *"lookup $number"*) echo "rule $number" ;; esac
command -v iptables >/dev/null && iptables -w 5 -S DOCKER-USER 2>/dev/null | sed -n "/clocker:$plane/s/^/pass /p"
[ -z "$alive" ] && command -v ss >/dev/null && ss -Hltnp "sport = :$port" 2>/dev/null | grep -v "pid=\${p:-none}," | sed -n 's/.*users:((\\("[^"]*"\\).*/taken \\1/p' | head -n 1
:
}
`;

/** Each text replaces a file in one step. First line: folder, name. */
export const WRITE_FILE = `
set -e
umask 022
printf '%s' "$CK_TEXT" | {
read -r folder name
[ -d "$folder" ] || mkdir -p "$folder"
cat >"$folder/$name.new"
mv "$folder/$name.new" "$folder/$name"
}
`;

/** First line: folder, table. */
export const WRITE_RULES = `
set -e
umask 022
printf '%s' "$CK_TEXT" | {
read -r folder table
[ -d "$folder" ] || mkdir -p "$folder"
: >"$folder/rules.listed"
cat >"$folder/rules"
nft -f "$folder/rules" 2>&1
}
`;

/** Words: folder, table. What is listed of the rules is kept, to see later whether somebody has changed them; without it they are written again. */
export const NOTE_RULES = `
${RULES_NOW}
set -- $CK_TEXT
table=$2
t=$(rules_now 2>/dev/null)
h=$(printf '%s' "$t" | sha256sum)
echo "\${h%% *}" >"$1/rules.listed"
`;

/** Words: verb of iptables, then the rule. The chain is Docker's, for rules of others. */
export const PASS = `
set -f
set -- $CK_TEXT
v=$1
shift
iptables -w 5 $v DOCKER-USER "$@" 2>&1
`;

/** Words: bridge. It answers for what is routed elsewhere, at once. */
export const ANSWER = `
set -e
echo 1 >"/proc/sys/net/ipv4/conf/$CK_TEXT/proxy_arp"
echo 0 >"/proc/sys/net/ipv4/neigh/$CK_TEXT/proxy_delay"
`;

/** Words: number of the table of routes. */
export const LOOK = 'ip rule add priority "$CK_TEXT" lookup "$CK_TEXT" 2>&1';

/** In \`f\`: the folder. As the look compares it. */
const NOTE_READ = `
note_read() { set -- $h; echo "$1 $3" >"$f/read"; }
`;

/**
 * Words: folder. BIRD itself reads its files to their end before it changes anything: a fault in them leaves it as it is. What it has read is noted only
 * then: whatever breaks off before is done again.
 */
export const RELOAD = `
${NOTE_READ}
f=$CK_TEXT
h=$(sha256sum "$f/peers.conf" "$f/routes.conf")
o=$(birdc -s "$f/ctl" configure 2>&1)
case "$o" in *Reconfigur*|*queued*) note_read ;; *) echo "$o"; exit 1 ;; esac
`;

export const START = `
${NOTE_READ}
f=$CK_TEXT
bird -p -c "$f/peers.conf" 2>&1 || exit 1
rm -f "$f/ctl"
h=$(sha256sum "$f/peers.conf" "$f/routes.conf")
bird -c "$f/peers.conf" -s "$f/ctl" -P "$f/pid" 2>&1 || exit 1
note_read
`;

/** Words: folder, nft table, number. Only BIRD that runs with our file is ended. */
export const END = `
set -- $CK_TEXT
if read -r p <"$1/pid" && tr '\\0' ' ' <"/proc/$p/cmdline" | grep -q "$1/peers.conf"; then
  kill "$p"
  n=0
  while [ -e "/proc/$p" ] && [ $n -lt 150 ]; do sleep 0.02; n=$((n + 1)); done
fi 2>/dev/null
ip route flush table "$3" 2>/dev/null
while ip rule del priority "$3" lookup "$3" 2>/dev/null; do :; done
nft delete table inet "$2" 2>/dev/null
nft delete table bridge "$2" 2>/dev/null
rm -rf "$1"
rmdir "\${1%/*}" /run/clocker 2>/dev/null
:
`;

/**
 * Fixed scripts for a host's held shell, in POSIX sh with nothing but grep, find, head, date and cut-free builtins; values come in the
 * environment. The held shell runs each in a process of its own: `exit`, `cd` and `exec` end there.
 */

/** Limits, memory, name of the system, the host's clock. Output: `grep -H` lines, paths relative to /sys/fs/cgroup. */
export const FACTS_SCRIPT = `
cd /sys/fs/cgroup 2>/dev/null || cd /
grep -sH '' memory.max cpu.max memory/memory.limit_in_bytes cpu/cpu.cfs_quota_us cpu/cpu.cfs_period_us \\
  cpu,cpuacct/cpu.cfs_quota_us cpu,cpuacct/cpu.cfs_period_us
grep -sHE '^(PRETTY_NAME=|hierarchical_memory_limit |MemTotal:)' /etc/os-release memory/memory.stat /proc/meminfo
echo "clock:$(date +%s)"
PATH="$PATH:/usr/sbin:/sbin"
for c in ip bridge dnsmasq bird birdc nft iptables docker nsenter weave calicoctl; do command -v $c >/dev/null || echo "lacks:$c"; done
if command -v ip >/dev/null; then
  ip -4 route show table main | grep -E '^[0-9]' | head -n 200 | while read -r r; do echo "route:$r"; done
fi
set -f
set -- $SSH_CONNECTION
a=$3
if [ -n "$a" ] && command -v ip >/dev/null; then
  ip -o -4 addr show to "$a" | while read -r _ d _; do
    read -r m <"/sys/class/net/$d/mtu" && echo "underlay:$a $d $m"
  done
fi`;

/** Finds the cgroup folders of CK_IDS. Output: `<version> <id> <memory folder> <cpu folder>` a line. */
export const DISCOVER_SCRIPT = `
set -f
IFS=' '
cd /sys/fs/cgroup || exit 1
if [ -e cgroup.controllers ]; then v=2 m=. c=.; else v=1 m=memory c=cpuacct; [ -d "$c" ] || c=cpu,cpuacct; fi
seek() {
  for d in "$1/docker/$2" "$1/system.slice/docker-$2.scope"; do
    if [ -d "$d" ]; then echo "$d"; return; fi
  done
  find "$1/" -maxdepth 8 -type d -name "*$2*" 2>/dev/null | head -n 1
}
for id in $CK_IDS; do echo "$v $id $(seek "$m" "$id") $(seek "$c" "$id")"; done`;

/**
 * Counters of the host (unless CK_HOST is empty) and of CK_IDS, which lie at CK_CPU<id>CK_SUFFIX. One grep for every 64 containers, the
 * host's files with the first of them, and the last in the place of the shell: no other process is started. Output: \`grep -H\` lines;
 * the exit code says nothing, as some of the host's files are missing on any host.
 */
export const SAMPLE_SCRIPT = `
set -f
IFS=' '
cd /sys/fs/cgroup || exit 1
p='^([0-9][0-9. ]*(/[0-9 ]+)?|cpu .*|MemTotal:.*|MemAvailable:.*|usage_usec .*|(total_)?inactive_file .*)$'
set -- $CK_HOST
n=0
for id in $CK_IDS; do
  set -- "$@" "$CK_CPU$id$CK_SUFFIX/$CK_CPU_FILE" "$CK_MEMORY$id$CK_SUFFIX/$CK_MEMORY_FILE" "$CK_MEMORY$id$CK_SUFFIX/memory.stat"
  n=$((n + 1))
  if [ "$n" -eq 64 ]; then grep -sHE "$p" "$@"; set --; n=0; fi
done
if [ $# -gt 0 ]; then exec grep -sHE "$p" "$@"; fi`;

/** The files of the host itself: those that do not exist on it are passed over. */
export const HOST_FILES = [
  '/proc/uptime',
  '/proc/loadavg',
  '/proc/meminfo',
  '/proc/stat',
  'cpuacct/cpuacct.usage',
  'cpu,cpuacct/cpuacct.usage',
  'memory/memory.usage_in_bytes',
  'memory/memory.stat',
  'cpu.stat',
  'memory.current',
  'memory.stat',
].join(' ');

/** Why the Docker socket does not let us in. Output: one of \`missing\`, \`denied\`, \`stopped\` and the names of our groups. */
export const DIAGNOSE_SCRIPT = `
s=/var/run/docker.sock
if [ ! -S "$s" ]; then r=missing; elif [ ! -w "$s" ]; then r=denied; else r=stopped; fi
echo "$r $(id -nG 2>/dev/null)"`;

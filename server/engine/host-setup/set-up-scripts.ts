import { rootScript } from '../hosts/root-script.ts';

/**
 * Fixed scripts of a set-up, in POSIX sh; values come in the environment. What changes something runs through `AS_ROOT`.
 */

/** What a machine is: `key=value` lines for `parseSetUpFacts`. */
export const SET_UP_FACTS_SCRIPT = `
PATH="$PATH:/usr/sbin:/sbin"
. /etc/os-release 2>/dev/null
echo "os=$ID"
echo "osName=$PRETTY_NAME"
echo "architecture=$(uname -m)"
echo "kernel=$(uname -r)"
if [ -d /run/systemd/system ]; then echo init=systemd
elif [ -d /run/openrc ] || command -v rc-service >/dev/null 2>&1; then echo init=openrc
elif command -v service >/dev/null 2>&1; then echo init=sysv
else echo init=none; fi
p=''
for c in apt-get dnf apk yum zypper pacman; do if command -v $c >/dev/null 2>&1; then p="$p $c"; fi; done
echo "packages=$p"
echo "user=$(id -un)"
echo "uid=$(id -u)"
echo "groups=$(id -nG)"
if [ "$(id -u)" = 0 ] || sudo -n true >/dev/null 2>&1; then echo sudo=yes; fi
s=''
if [ "$(id -u)" != 0 ]; then s='sudo -n'; fi
f='{{.LiveRestoreEnabled}} {{.Swarm.LocalNodeState}}'
if ! command -v dockerd >/dev/null 2>&1; then echo docker=missing
elif i=$(docker info --format "$f" 2>/dev/null || $s docker info --format "$f" 2>/dev/null); then
  echo docker=running
  set -- $i
  echo "liveRestore=$1"
  case "$2" in ''|inactive) ;; *) echo swarm=yes;; esac
else
  if [ "$(cat "/proc/$(cat /var/run/docker.pid 2>/dev/null)/comm" 2>/dev/null)" = dockerd ]; then echo docker=running; else echo docker=installed; fi
  if $s test -e /var/lib/docker/swarm/docker-state.json; then echo swarm=yes; fi
fi
k=/var/run/docker.sock
if [ ! -S "$k" ]; then echo socket=missing; elif [ -w "$k" ]; then echo socket=usable; else echo socket=denied; fi
echo "clock=$(date +%s)"
d=/var/lib/docker
[ -d "$d" ] || d=/var/lib
echo "freeKiB=$(df -Pk "$d" 2>/dev/null | awk 'NR==2{print $4}')"
echo "fileSystem=$(stat -f -c %T "$d" 2>/dev/null)"
echo "cpus=$(getconf _NPROCESSORS_ONLN 2>/dev/null || nproc 2>/dev/null)"
if [ -e /sys/fs/cgroup/cgroup.controllers ]; then echo cgroup=2
elif grep -qs ' - cgroup ' /proc/self/mountinfo; then echo cgroup=1
else echo cgroup=none; fi
if [ -e /etc/docker/daemon.json ]; then echo "config=$( ( cat /etc/docker/daemon.json 2>/dev/null || $s cat /etc/docker/daemon.json ) | base64 | tr -d '\n')"; fi
`;

/** Runs CK_SCRIPT as root. Its process is known by the file CK_RUN as long as it runs. */
export const AS_ROOT = `
CK_GUARD='echo $$ > "/run/$CK_RUN" && sh -c "$CK_SCRIPT"; c=$?; rm -f "/run/$CK_RUN"; exit $c'
${rootScript('CK_GUARD', ['CK_TEXT', 'CK_USER', 'CK_RUN', 'CK_SCRIPT'])}`;

/**
 * Ends what runs by the file CK_TEXT, with all that it has begun, in whatever process group: asked first, so that programs put down what they
 * hold, and killed after ten seconds. Services that it has started are children of nobody here, and go on.
 */
export const END_SCRIPT = `
p=$(cat "/run/$CK_TEXT" 2>/dev/null) || exit 0
tree() {
  cat /proc/[0-9]*/status 2>/dev/null | awk -v roots="$*" '
    BEGIN { n = split(roots, r, " "); for (i = 1; i <= n; i++) wanted[r[i]] = 1 }
    /^Pid:/ { p = $2 }
    /^PPid:/ { parent[p] = $2 }
    END {
      do { more = 0; for (q in parent) if (!(q in wanted) && (parent[q] in wanted)) { wanted[q] = 1; more = 1 } } while (more)
      for (q in wanted) if (q in parent) print q
    }'
}
all=$(tree $p)
kill -TERM $all 2>/dev/null
n=0
while [ -n "$all" ] && [ $n -lt 100 ]; do
  sleep 0.1
  n=$((n + 1))
  all=$(tree $all)
done
if [ -n "$all" ]; then kill -KILL $all 2>/dev/null; fi
rm -f "/run/$CK_TEXT"
echo "Ended after $n tenths of a second"`;

/** CK_TEXT, base64, becomes /etc/docker/daemon.json in one step, its owner and mode as before; what was there is kept beside it. Says nothing of it: proxies have passwords. */
export const CONFIGURE_SCRIPT = `set -e
mkdir -p /etc/docker
cd /etc/docker
if [ -e daemon.json ] && [ ! -e daemon.json.before-clocker ]; then cp -p daemon.json daemon.json.before-clocker; fi
rm -f daemon.json.clocker
if [ -e daemon.json ]; then cp -p daemon.json daemon.json.clocker; else touch daemon.json.clocker; chmod 644 daemon.json.clocker; fi
printf %s "$CK_TEXT" | base64 -d > daemon.json.clocker
sync
mv daemon.json.clocker daemon.json`;

export const START_SCRIPT = `
if [ -d /run/systemd/system ]; then
  systemctl enable docker 2>&1
  systemctl start docker || { journalctl -u docker -n 20 --no-pager; exit 1; }
elif command -v rc-service >/dev/null 2>&1; then
  rc-update add docker default
  rc-service docker start || exit 1
else
  if command -v update-rc.d >/dev/null 2>&1; then update-rc.d docker defaults; fi
  service docker start || { tail -n 20 /var/log/docker.log 2>/dev/null; exit 1; }
fi
n=0
until docker version --format 'Docker Engine {{.Server.Version}}' 2>/dev/null; do
  n=$((n + 1))
  if [ $n -gt 60 ]; then docker version; exit 1; fi
  sleep 0.5
done`;

/** The engine takes up what it can of its configuration on SIGHUP; nothing is restarted. */
export const RELOAD_SCRIPT = `
p=$(cat /var/run/docker.pid 2>/dev/null || pidof dockerd)
if [ -z "$p" ]; then echo 'The engine has no process'; exit 1; fi
kill -HUP $p && echo "Sent SIGHUP to $p; limits of logs and address pools count from the next start of the engine"`;

export const GROUP_SCRIPT = `set -e
if ! getent group docker >/dev/null; then groupadd docker 2>/dev/null || addgroup docker; fi
usermod -aG docker "$CK_USER" 2>/dev/null || addgroup "$CK_USER" docker
id -nG "$CK_USER"`;

/** CK_TEXT, base64, is a program that only ends: an image of nothing else, run once and removed. Both have no name that could be somebody else’s. */
export const VERIFY_SCRIPT = `set -e
d=$(mktemp -d)
i=''
trap 'rm -rf "$d"; if [ -n "$i" ]; then docker rmi --force "$i" >/dev/null 2>&1; fi' EXIT
printf %s "$CK_TEXT" | base64 -d > "$d/end"
chmod 755 "$d/end"
i=$(tar -C "$d" -cf - end | docker import -)
docker run --network none --rm "$i" /end
docker version --format 'Docker Engine {{.Server.Version}} runs containers'`;

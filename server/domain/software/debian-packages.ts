import { quoted } from './shell-text.ts';

export interface DebianPackages {
  /** Nothing is installed where this program, or all of these, are there already. */
  readonly program: string | readonly string[];
  /** As Debian and Ubuntu call them. */
  readonly packages: readonly string[];
  /** Services that come with them, which are neither started nor enabled: what we run is our own. */
  readonly services: readonly string[];
  /** Run before the packages are there, as root. */
  readonly before?: string;
}

/** Where Debian has servers, for users whose path does not. */
export const WITH_SBIN = 'PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"';

const POLICY = '/usr/sbin/policy-rc.d';
const OURS = '# clocker: removed once packages are installed';

/**
 * Installs packages on a machine with apt, by root or a user that may become root without a password. A script that ends with another code than 0
 * where there is no apt, or where a package of the machine would have to go. Begun again after a crash it goes on, though the program may be unpacked already.
 */
export function installPackages({ program, packages, services, before }: DebianPackages): string {
  const names = packages.map(quoted).join(' ');
  const which = quoted(`# ${packages.join(' ')}`);
  return `${WITH_SBIN}
cut_short=; grep -qsxF ${which} ${POLICY} && cut_short=yes
[ -z "$cut_short" ] && ${[program]
    .flat()
    .map((name) => `command -v ${quoted(name)}`)
    .join(' && ')} && { echo "It is installed already."; exit 0; }
command -v apt-get >/dev/null || { echo "Install ${packages.join(', ')} on this machine first: it has no apt-get" >&2; exit 1; }
[ "$(id -u)" = 0 ] || exec sudo -n sh "$0"
if [ ! -e ${POLICY} ] || grep -qF ${quoted(OURS)} ${POLICY}; then
  trap 'rm -f ${POLICY}' EXIT
  printf '#!/bin/sh\\n%s\\n%s\\nexit 101\\n' ${quoted(OURS)} ${which} >${POLICY} && chmod 755 ${POLICY} || exit 1
fi
${before ?? ':'}
export DEBIAN_FRONTEND=noninteractive
[ -z "$cut_short" ] || dpkg --force-confold --configure -a
apt-get -q -o DPkg::Lock::Timeout=600 update
apt-get -q -o DPkg::Lock::Timeout=600 -o Dpkg::Options::=--force-confold install -y --no-remove --no-install-recommends ${names} || exit 1
for s in ${services.map(quoted).join(' ')}; do [ ! -d /run/systemd/system ] || systemctl disable -q --now "$s"; done
exit 0`;
}

/** Sets `as` to what runs a program as this user where root logs in, and `user` to who that is; others run it as themselves. */
export function asUser(user: string): string {
  return `${WITH_SBIN}
as=; user=$(id -un)
if [ "$(id -u)" = 0 ]; then user=${user}; as="setpriv --reuid=$user --regid=$user --init-groups"; fi`;
}

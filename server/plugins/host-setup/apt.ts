import type { PackageManagerPlugin } from '../../domain/host-setup/package-manager.ts';

/** Debian and what comes from it. Files of configuration that are there stay; other programs that use apt are waited for. What a try of ours has broken off, the next one mends. */
export const plugin: PackageManagerPlugin = {
  id: 'apt',
  title: 'apt',
  aliases: [],
  command: 'apt-get',
  verified: true,
  install: `set -e
export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1
options='-o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold'
begun=/var/lib/clocker-install
if [ -e $begun ]; then
  echo 'An installation of ours was broken off here: its packages are put in order first'
  dpkg --force-confdef --force-confold --configure -a
  apt-get $options --fix-broken install -y
fi
touch $begun
apt-get $options update
apt-get $options install -y --no-install-recommends docker.io iptables ca-certificates iproute2 dnsmasq-base
rm -f $begun`,
  timeoutMs: 600_000,
  failures: [
    {
      pattern: /Could not get lock|is held by process|Unable to lock/i,
      problem: 'another program uses apt',
      hint: 'It is tried again.',
      again: true,
    },
    {
      pattern: /Temporary failure resolving|Could not resolve|Unable to connect|Connection timed out|Failed to fetch|Could not connect/i,
      problem: 'its package sources cannot be reached',
      hint: 'Look at its DNS, its proxy and its way out. It is tried again.',
      again: true,
    },
    {
      pattern: /Unable to locate package|has no installation candidate/i,
      problem: 'its package sources have no docker.io',
      hint: 'Add the sources of its distribution (main, or universe on Ubuntu), then try again.',
      again: false,
    },
    { pattern: /No space left on device/i, problem: 'its disk is full', hint: 'Make room, then try again.', again: false },
    {
      pattern: /dpkg was interrupted/i,
      problem: 'an installation was interrupted before',
      hint: 'Run dpkg --configure -a on the machine, then try again.',
      again: false,
    },
  ],
};

import type { PackageManagerPlugin } from '../../domain/host-setup/package-manager.ts';

/** Fedora and what comes from it. Not tried on a real machine yet. */
export const plugin: PackageManagerPlugin = {
  id: 'dnf',
  title: 'dnf',
  aliases: [],
  command: 'dnf',
  verified: false,
  install: `set -e
dnf -y install moby-engine || dnf -y install docker`,
  timeoutMs: 600_000,
  failures: [{ pattern: /No space left on device/i, problem: 'its disk is full', hint: 'Make room, then try again.', again: false }],
};

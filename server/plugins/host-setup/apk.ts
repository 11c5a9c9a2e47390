import type { PackageManagerPlugin } from '../../domain/host-setup/package-manager.ts';

/** Alpine. Not tried on a real machine yet. */
export const plugin: PackageManagerPlugin = {
  id: 'apk',
  title: 'apk',
  aliases: [],
  command: 'apk',
  verified: false,
  install: `set -e
apk add docker`,
  timeoutMs: 600_000,
  failures: [{ pattern: /No space left on device/i, problem: 'its disk is full', hint: 'Make room, then try again.', again: false }],
};

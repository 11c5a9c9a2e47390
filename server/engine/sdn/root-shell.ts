import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { HostShell } from '../../ports/host-session.ts';
import type { RootShell } from '../../ports/sdn-provider.ts';
import { rootScript } from '../hosts/root-script.ts';

const AS_ROOT = rootScript('CK_SCRIPT', ['CK_TEXT']);
const TIMEOUT_MS = 20_000;
const NO_SUDO = /sudo: (a password is required|a terminal is required|.* is not allowed)|sudo: not found|may not run sudo/;

/** A host's held shell for what only root may do. */
export function asRoot(shell: HostShell, hostName: string): RootShell {
  return {
    async run(script, text = '') {
      const result = await shell.run(AS_ROOT, { env: { CK_SCRIPT: script, CK_TEXT: text }, timeoutMs: TIMEOUT_MS });
      if (result.code !== 0 && NO_SUDO.test(result.output)) {
        throw new ClockerError('network.refused', {
          message: `Networks on ${hostName} need root, and its user may not use sudo without a password`,
          hint: 'Let the user do so (NOPASSWD), or add the host with the user root.',
        });
      }
      return result;
    },
  };
}

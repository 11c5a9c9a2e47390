import { ClockerError } from '../../../domain/shared/clocker-error.ts';
import { type LabWorld, mustRun } from './lab-world.ts';

/** Debian package of each program that the lab runs on the machine. */
const PACKAGE_OF = {
  docker: 'docker.io',
  dockerd: 'docker.io',
  iptables: 'iptables',
  ip: 'iproute2',
  nsenter: 'util-linux',
  mmdebstrap: 'mmdebstrap',
  zstd: 'zstd',
  ssh: 'openssh-client',
  'ssh-keygen': 'openssh-client',
} as const;
export type LabProgram = keyof typeof PACKAGE_OF;

/** Installs the Debian packages of those programs that are missing. Errors: lab.failed with the command to run by hand. */
export async function ensurePrograms(world: LabWorld, programs: readonly LabProgram[]): Promise<void> {
  const missing = await missingPrograms(world, programs);
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((program) => PACKAGE_OF[program]))];
  const byHand = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  const hint = `Run as root: ${byHand}`;
  if (!world.exec.isRoot()) throw new ClockerError('lab.failed', { message: `The lab needs ${missing.join(', ')} on this machine`, hint });
  if ((await world.exec.run(['apt-get', '--version'])).code !== 0) {
    throw new ClockerError('lab.failed', {
      message: `The lab needs ${missing.join(', ')} on this machine, and it has no apt-get`,
      hint: 'Install them with the package manager of this machine, or run the lab on Debian.',
    });
  }
  world.report('packages', `installing ${packages.join(', ')}`, 0.01);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await mustRun(world, ['apt-get', 'update', '-q'], { timeoutMs: 300_000, env, hint });
  await mustRun(world, ['apt-get', 'install', '-y', '-q', '--no-install-recommends', ...packages], { timeoutMs: 900_000, env, hint });
}

async function missingPrograms(world: LabWorld, programs: readonly LabProgram[]): Promise<readonly LabProgram[]> {
  const found = await Promise.all(programs.map((program) => world.exec.run(['which', program])));
  return programs.filter((_, index) => found[index]?.code !== 0);
}

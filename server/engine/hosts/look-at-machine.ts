import type { Host, HostFacts } from '../../domain/entity/host.ts';
import { parseHostReading, resolveHostCapacity } from '../../domain/sensor/host-capacity.ts';
import { ClockerError, type ErrorView, toErrorView } from '../../domain/shared/clocker-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { DockerEngine } from '../../ports/docker-engine.ts';
import type { HostSession, HostShell } from '../../ports/host-session.ts';
import type { HostLink } from './host-link.ts';
import { FACTS_SCRIPT } from './host-scripts.ts';
import { type HostSight, NOTHING_SEEN } from './look-at-host.ts';

const ASK_TIMEOUT_MS = 3_000;
const FACTS_TIMEOUT_MS = 5_000;

/** Output: kernel, architecture, CPUs. */
const SYSTEM_SCRIPT = 'echo "$(uname -r) $(uname -m) $(getconf _NPROCESSORS_ONLN 2>/dev/null || nproc 2>/dev/null || echo 1)"';

/** What a machine is asked in the place of a Docker Engine: its shell says whether it is there. */
export function shellAsEngine(shell: HostShell, clock: Clock): Pick<DockerEngine, 'ping' | 'heardAt'> {
  let heardAt = 0;
  return {
    get heardAt() {
      return heardAt;
    },
    async ping() {
      await shell.run(':', { timeoutMs: ASK_TIMEOUT_MS });
      heardAt = clock.now();
    },
  };
}

export function machineHangs({ name }: Pick<Host, 'name'>): ErrorView {
  return toErrorView(
    new ClockerError('host.unresponsive', {
      message: `${name} does not answer: the machine hangs, or the network to it is cut`,
      hint: 'Look at the machine and its network.',
      retryable: true,
    }),
  );
}

/** Its facts after each break of the connection. A failure is written down on the link, and is no error. */
export async function lookAtMachine(link: HostLink): Promise<HostSight> {
  link.dirty.clear();
  if (link.listing === 'none') return NOTHING_SEEN;
  link.beginListing();
  try {
    link.facts = await readFacts(link.session);
    link.foreign = 0;
    link.listed();
  } catch (error) {
    if (link.session.state === 'up') link.listingFailed(toErrorView(error), false);
  }
  return NOTHING_SEEN;
}

async function readFacts({ shell }: Pick<HostSession, 'shell'>): Promise<HostFacts> {
  const system = await shell.run(SYSTEM_SCRIPT, { timeoutMs: FACTS_TIMEOUT_MS });
  const [kernel = '', architecture = '', count = '1'] = system.output.trim().split(/\s+/);
  const reading = parseHostReading((await shell.run(FACTS_SCRIPT, { timeoutMs: FACTS_TIMEOUT_MS })).output);
  const { cpus, memoryBytes } = resolveHostCapacity({ cpus: Number(count) || 1, memoryBytes: 0 }, reading);
  return {
    os: reading.os ?? '',
    kernel,
    architecture,
    ...{ engineVersion: '', storageDriver: '', cgroupVersion: '', liveRestore: false },
    cpus,
    memoryBytes,
    ...(reading.underlay === null ? {} : { underlay: reading.underlay }),
  };
}

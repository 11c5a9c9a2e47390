import { containerKey } from '../../domain/entity/ownership.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { EntityId, HostId } from '../../domain/shared/ids.ts';
import type { TerminalSize } from '../../domain/terminal/terminal-size.ts';
import type { DockerEngine } from '../../ports/docker-engine.ts';
import type { Terminal } from '../../ports/terminal.ts';
import type { EngineContext } from '../engine-context.ts';
import { findPort, type PortTarget } from './port-target.ts';
import { hostName, requireRunning, requireSession } from './require-target.ts';

/** Where a shell is wanted, or a connection. */
export type TerminalTarget =
  | {
      readonly kind: 'container';
      readonly entityId: EntityId;
      readonly shell: TerminalShell;
      readonly user?: string | undefined;
      readonly folder?: string | undefined;
    }
  | { readonly kind: 'host'; readonly hostId: HostId }
  | PortTarget;

/** `best`: bash where there is one, else sh. */
export type TerminalShell = 'best' | 'bash' | 'sh';

export interface FoundTarget {
  /** For people: `web-1 on host-2`. */
  readonly title: string;
  readonly hostId: HostId;
  /** Null for a host's own shell. */
  readonly containerName: string | null;
  open(size: TerminalSize, signal: AbortSignal): Promise<Terminal>;
  /** Whether what a shell that was killed ran in is still up a second later; false also where nobody can tell. */
  staysUp(): Promise<boolean>;
}

type Context = Pick<EngineContext, 'store' | 'hosts' | 'clock'>;

/** The shells of a container end a moment before the engine says that it has ended. */
const LOOKS = 10;
const LOOK_EVERY_MS = 100;

const SHELLS: Readonly<Record<TerminalShell, readonly string[]>> = {
  best: ['sh', '-c', 'command -v bash >/dev/null 2>&1 && exec bash; exec sh'],
  bash: ['bash'],
  sh: ['sh'],
};

const ENV = { TERM: 'xterm-256color' };

/** Finds the container or host that runs now. Errors: not-found, container.not-ready, host.unreachable. */
export function findTarget(context: Context, target: TerminalTarget): FoundTarget {
  const { view } = context.store;
  if (target.kind === 'host') {
    const session = requireSession(context, target.hostId);
    return {
      title: hostName(view, target.hostId),
      hostId: target.hostId,
      containerName: null,
      open: (size, signal) => session.openTerminal({ size, signal }),
      staysUp: () => Promise.resolve(session.state === 'up'),
    };
  }
  if (target.kind === 'port') return findPort(context, target);
  const instance = requireRunning(view, target.entityId);
  if (instance.spec.process?.place.kind === 'machine') {
    const message = `${view.get('entity', target.entityId)?.name} runs on ${hostName(view, instance.hostId)}, in no container`;
    throw new ClockerError('conflict', { message, hint: 'Open a terminal on its machine, under Hosts.' });
  }
  const { engine } = requireSession(context, instance.hostId);
  const { user, folder, shell } = target;
  return {
    title: `${view.get('entity', target.entityId)?.name} on ${hostName(view, instance.hostId)}`,
    hostId: instance.hostId,
    containerName: instance.containerName,
    open: (size, signal) => engine.openTerminal(containerKey(instance), { argv: SHELLS[shell], user, folder, env: ENV, size, signal }),
    staysUp: () => staysUp(context, engine, containerKey(instance)),
  };
}

async function staysUp({ clock }: Context, engine: DockerEngine, container: string): Promise<boolean> {
  for (let look = 0; look < LOOKS; look += 1) {
    const found = await engine.inspectContainer(container).catch(() => null);
    if (found?.status !== 'running') return false;
    await new Promise<void>((resolve) => void clock.after(LOOK_EVERY_MS, resolve));
  }
  return true;
}

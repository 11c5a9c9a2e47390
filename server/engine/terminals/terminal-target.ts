import type { Instance } from '../../domain/entity/instance.ts';
import { containerKey } from '../../domain/entity/ownership.ts';
import { ClockerError } from '../../domain/shared/clocker-error.ts';
import type { EntityId, HostId } from '../../domain/shared/ids.ts';
import type { TerminalSize } from '../../domain/terminal/terminal-size.ts';
import type { DockerEngine } from '../../ports/docker-engine.ts';
import type { HostSession } from '../../ports/host-session.ts';
import type { StoreView } from '../../ports/store.ts';
import type { Terminal } from '../../ports/terminal.ts';
import type { EngineContext } from '../engine-context.ts';

/** Where a shell is wanted. */
export type TerminalTarget =
  | {
      readonly kind: 'container';
      readonly entityId: EntityId;
      readonly shell: TerminalShell;
      readonly user?: string | undefined;
      readonly folder?: string | undefined;
    }
  | { readonly kind: 'host'; readonly hostId: HostId };

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

function requireRunning(view: StoreView, entityId: EntityId): Instance {
  const entity = view.get('entity', entityId);
  if (!entity) throw new ClockerError('not-found', { message: `There is no entity ${entityId}` });
  const instance = entity.instanceId ? view.get('instance', entity.instanceId) : undefined;
  if (instance?.state === 'running') return instance;
  throw new ClockerError('container.not-ready', {
    message: instance
      ? `The container of ${entity.name} does not run: it is ${instance.state}`
      : `${entity.name} has no container: a shell needs one that runs`,
    hint: instance ? 'Start it first.' : 'Open a terminal in one of the members below it.',
    retryable: true,
  });
}

function requireSession({ store, hosts }: Context, hostId: HostId): HostSession {
  const session = hosts.ready(hostId);
  if (session) return session;
  const host = store.view.get('host', hostId);
  if (!host) throw new ClockerError('not-found', { message: `There is no host ${hostId}` });
  throw new ClockerError('host.unreachable', {
    message: `Host ${host.name} is ${host.state}${host.reason ? `: ${host.reason}` : ''}`,
    hint: 'Open the terminal once the host is ready.',
    retryable: true,
  });
}

function hostName(view: StoreView, hostId: HostId): string {
  return view.get('host', hostId)?.name ?? 'a host that was removed';
}

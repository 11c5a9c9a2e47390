import type { Host, HostSetUp } from '../../domain/entity/host.ts';
import { type ErrorCode, inWords, toClockerError } from '../../domain/shared/clocker-error.ts';
import type { HostSession } from '../../ports/host-session.ts';
import type { Draft } from '../../ports/store.ts';
import { readEngineSettingsOf } from '../clouds/cloud-settings.ts';
import { durableCommit } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { setUpHost } from '../host-setup/set-up-host.ts';
import { toTarget } from '../hosts/host-sessions.ts';

/** What a person must mend, or have a look at, before it is tried again. */
const NEEDS_PERSON: readonly ErrorCode[] = ['host.set-up-refused', 'host.auth', 'host.key-changed', 'cancelled'];

/**
 * Makes machines Docker hosts (key `host-setup:<host id>`): as a task whose steps and their output are seen. What a crash has interrupted is
 * looked at anew: each step does nothing where it was done. What may pass is tried again; what needs a person waits for one.
 */
export function registerSetUpController(context: EngineContext): void {
  context.queue.register('host-setup', async (id, signal) => {
    const host = context.store.view.get('host', id);
    const isWanted = host?.setUp?.state === 'wanted' || host?.setUp?.state === 'running';
    // A key that nobody has confirmed is not logged in to.
    if (!host || !isWanted || host.hostKey.fingerprint === '') return;
    try {
      await setUp(context, host, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      const failure = toClockerError(error);
      const needsPerson = NEEDS_PERSON.includes(failure.code);
      const state = needsPerson ? 'failed' : 'running';
      await context.store.commit((draft) => note(draft, host, { state, problem: inWords(failure) }));
      if (needsPerson) return;
      throw error;
    }
    await durableCommit('host.set-up', () => context.store.commit((draft) => endSetUp(draft, host)));
  });
}

async function setUp(context: EngineContext, host: Host, signal: AbortSignal): Promise<void> {
  const { view } = context.store;
  const cause = { kind: 'controller', by: 'host-setup' } as const;
  await context.tasks.run({ name: `Set up ${host.name}`, hostId: host.id, cause }, async (task) => {
    await context.store.commit((draft) => note(draft, host, { state: 'running', taskId: task.id, problem: null }));
    // A login of its own: who has just come into the group docker has it from the next one on, and what is long holds up nobody.
    const target = toTarget(host, view.get('credential', host.credentialId), context.secrets);
    const another = (): HostSession => context.connector.session(target);
    const session = another();
    try {
      await session.connect();
      const settings = readEngineSettingsOf(context, host);
      const signals = { signal: AbortSignal.any([signal, task.signal]), cancelled: task.signal };
      await setUpHost(context, { host, session, task, settings, another, ...signals });
    } finally {
      await session.close();
    }
  });
}

function note(draft: Draft, { id }: Host, change: Partial<HostSetUp>): void {
  const host = draft.get('host', id);
  if (host?.setUp) draft.put('host', { ...host, setUp: { ...host.setUp, ...change } });
}

/** The host is connected to anew: its login may have come into a group. */
function endSetUp(draft: Draft, { id }: Host): void {
  const host = draft.get('host', id);
  if (!host?.setUp) return;
  const anew = host.state === 'refused' ? { state: 'connecting' as const, reason: `Connecting to ${host.name}` } : {};
  draft.put('host', { ...host, ...anew, setUp: { ...host.setUp, state: 'done', problem: null } });
}

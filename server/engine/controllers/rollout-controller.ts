import type { Rollout } from '../../domain/entity/application.ts';
import { ownEnd } from '../../domain/entity/own-end.ts';
import { nextRolloutStep, type RolloutStep, type StepHealth } from '../../domain/rollout/next-rollout-step.ts';
import type { EntityId } from '../../domain/shared/ids.ts';
import type { Draft } from '../../ports/store.ts';
import { applyGeneration } from '../apply-generation.ts';
import { restartPolicyOf } from '../config-of.ts';
import { resolveContainer } from '../desired-container.ts';
import { durableCommit } from '../durable-step.ts';
import type { EngineContext } from '../engine-context.ts';
import { restartDependants } from '../restart-dependants.ts';

/** Problems that end the hope for a container that was just replaced. */
const FATAL_PROBLEMS = ['prefetch', 'pull', 'create', 'start', 'crash-loop', 'config', 'network', 'placement'];
const FATAL_FAILURES = 2;

/** Leads an update from batch to batch, and back when an entity does not come up. */
export function registerRolloutController(context: EngineContext): void {
  context.queue.register('rollout', async (id) => {
    const rollout = context.store.view.get('rollout', id);
    if (!rollout || rollout.endedAt !== null) return;
    if (rollout.state === 'reverting') await watchRevert(context, rollout);
    else await advance(context, rollout);
  });
}

async function advance(context: EngineContext, rollout: Rollout): Promise<void> {
  const now = context.clock.now();
  const step = nextRolloutStep(rollout, (entityId) => healthOf(context, rollout, entityId), now);
  switch (step.kind) {
    case 'wait':
      if (step.lookAgainAt !== undefined) context.queue.lookAgain(`rollout:${rollout.id}`, step.lookAgainAt);
      return;
    case 'revert':
      await revert(context, rollout, step.because);
      return;
    case 'finish':
      await end(context, rollout, { state: 'done', message: `generation ${rollout.to} runs` });
      return;
    default:
      await durableCommit(`rollout.${step.kind}`, () => context.store.commit((draft) => note(draft, rollout, { step, now })));
      if (step.kind === 'grant') for (const entityId of step.entityIds) context.queue.enqueue(`entity:${entityId}`, 'user');
  }
}

type NotedStep = Extract<RolloutStep, { readonly kind: 'grant' | 'mark-done' }>;

function note(draft: Draft, { id, to }: Rollout, { step, now }: { readonly step: NotedStep; readonly now: number }): void {
  const rollout = draft.get('rollout', id);
  if (rollout?.state !== 'running') return;
  const when = step.kind === 'grant' ? { grantedAt: now } : { doneAt: now };
  draft.put('rollout', {
    ...rollout,
    steps: rollout.steps.map((one) => (step.entityIds.includes(one.entityId) ? { ...one, ...when } : one)),
  });
  if (step.kind === 'mark-done') {
    // Those that are to be recreated themselves start anew all the same.
    const others = new Set<string>(rollout.steps.map(({ entityId }) => entityId));
    restartDependants(
      draft,
      step.entityIds.flatMap((entityId) => draft.get('entity', entityId) ?? []),
      others,
    );
    return;
  }
  for (const entityId of step.entityIds) {
    const entity = draft.get('entity', entityId);
    if (entity) draft.put('entity', { ...entity, granted: Math.max(entity.granted, to) });
  }
}

function healthOf(context: EngineContext, rollout: Rollout, entityId: EntityId): StepHealth | 'gone' {
  const { view } = context.store;
  const entity = view.get('entity', entityId);
  if (entity?.goal !== 'running') return 'gone';
  const instance = entity.instanceId ? view.get('instance', entity.instanceId) : undefined;
  const resolution = resolveContainer(entity, view, context);
  const isNew = resolution.kind === 'resolved' && instance?.specHash === resolution.specHash;
  const isUp = instance?.state === 'running' && instance.ready && instance.stoppingSince === null;
  const end = ownEnd(entity, instance, restartPolicyOf(entity, { view, types: context.plugins.entityTypes }));
  if (isNew && (isUp || end === 'completed')) return { healthy: true, failure: null };
  if (isNew && end === 'failed')
    return { healthy: false, failure: `${entity.name} ended with exit code ${instance?.exitCode ?? 'unknown'}` };
  const grantedAt = rollout.steps.find((step) => step.entityId === entityId)?.grantedAt ?? context.clock.now();
  const problem = FATAL_PROBLEMS.find((key) => key in entity.problems);
  if (problem) return { healthy: false, failure: `${entity.name}: ${entity.problems[problem]}` };
  const crashes = entity.crash.lastAt >= grantedAt && entity.crash.failures >= FATAL_FAILURES;
  return { healthy: false, failure: crashes ? `${entity.name} ended ${entity.crash.failures} times` : null };
}

/** Generation n+2 with the text of n, everything granted at once. */
async function revert(context: EngineContext, { id }: Rollout, because: string): Promise<void> {
  await durableCommit('rollout.revert', () =>
    context.store.commit((draft) => {
      const rollout = draft.get('rollout', id);
      const application = rollout && draft.get('application', rollout.applicationId);
      if (rollout?.state !== 'running' || !application) return;
      const before = draft.get('generation', `${application.id}:${rollout.from}`);
      if (!before) {
        draft.put('rollout', { ...rollout, state: 'failed', message: because, endedAt: context.clock.now() });
        return;
      }
      const reason = `revert of ${rollout.to}: ${because}`;
      const { text, parts, plan: root, createdBy: by } = before;
      const { diff } = applyGeneration(draft, context, { application, text, parts, root, by, reason, taskId: rollout.taskId });
      // Another spec is another chance: what the reverted one did wrong is not held against it.
      for (const { entity } of diff.kept) {
        const latest = draft.get('entity', entity.id);
        if (latest) draft.put('entity', { ...latest, crash: { failures: 0, lastAt: 0 }, problems: {} });
      }
      draft.put('rollout', { ...rollout, state: 'reverting', message: because });
    }),
  );
}

async function watchRevert(context: EngineContext, rollout: Rollout): Promise<void> {
  const granted = rollout.steps.filter((step) => step.grantedAt !== null);
  const healths = granted.map((step) => healthOf(context, rollout, step.entityId));
  if (healths.every((health) => health === 'gone' || health.healthy)) {
    await end(context, rollout, { state: 'reverted', message: rollout.message });
    return;
  }
  const now = context.clock.now();
  const latest = Math.max(rollout.startedAt, ...granted.map((step) => step.grantedAt ?? 0));
  const giveUpAt = latest + 2 * rollout.settings.healthTimeoutMs;
  if (now < giveUpAt) context.queue.lookAgain(`rollout:${rollout.id}`, giveUpAt);
  else await end(context, rollout, { state: 'failed', message: `${rollout.message}; the revert did not come up either` });
}

async function end(context: EngineContext, { id }: Rollout, outcome: Pick<Rollout, 'state' | 'message'>): Promise<void> {
  await durableCommit('rollout.end', () =>
    context.store.commit((draft) => {
      const rollout = draft.get('rollout', id);
      if (rollout) draft.put('rollout', { ...rollout, ...outcome, endedAt: context.clock.now() });
    }),
  );
}

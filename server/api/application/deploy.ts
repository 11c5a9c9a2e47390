import { z } from 'zod';
import type { ApplicationId, TaskId } from '../../domain/shared/ids.ts';
import { makesClouds } from '../../engine/clouds/deploy-clouds.ts';
import { deployApplication } from '../../engine/commands/deploy-application.ts';
import { requirePlan } from '../../engine/commands/plan-blueprint.ts';
import { requireSoftwarePlaces } from '../../engine/software/deploy-software.ts';
import { answer } from '../answer.ts';
import { blueprintParts, blueprintText, displayName } from '../inputs.ts';
import { anywhere, SYSTEM } from '../scopes.ts';
import { procedure, requireScopes } from '../trpc.ts';
import { userCause } from '../user-cause.ts';
import { chooseLocation, requireHostAccess, requireLocations } from './blueprint-locations.ts';
import { unmaskBlueprint } from './unmask-blueprint.ts';

export interface Deployed {
  readonly applicationId: ApplicationId;
  readonly taskId: TaskId;
}

/** Which clouds it concerns is in the blueprint, so the permission on each is checked here, before anything is written. */
export const deploy = procedure({
  permission: 'operate',
  scope: anywhere,
  input: z.strictObject({
    text: blueprintText,
    ...blueprintParts,
    location: z.string().min(1).max(4_096).optional(),
    name: displayName.optional(),
    idempotencyKey: z.string().min(1).max(100).optional(),
  }),
  summary: 'Deploy a blueprint as a new application',
  rest: 'POST /applications',
})
  .output(answer<Deployed>('The new application and the task that starts it'))
  .mutation(async ({ ctx: { services, principal, audited }, input }) => {
    const { engine } = services;
    const { name, idempotencyKey } = input;
    const { text, parts } = unmaskBlueprint(services, input, undefined);
    const plan = await requirePlan({ text, ...parts }, engine);
    if (makesClouds(engine, plan)) {
      // Whoever makes a cloud takes machines and gives them away: that is an administrator's, as it is for a cloud made by hand.
      requireScopes(principal, 'administer', [SYSTEM]);
      audited.scope = 'system';
      return await deployApplication(engine, userCause(principal), { name, idempotencyKey, text, parts, location: input.location });
    }
    const places = requireSoftwarePlaces(engine, plan, input.location ?? null);
    if (places.takesMachines) requireScopes(principal, 'administer', [SYSTEM]);
    requireLocations(engine, principal, plan.root);
    if (!places.needsCloud) {
      audited.scope = 'system';
      return await deployApplication(engine, userCause(principal), { name, idempotencyKey, text, parts, location: input.location });
    }
    const wanted = places.machines.length > 0 ? null : (input.location ?? plan.location);
    const location = chooseLocation(engine.store.view, principal, wanted);
    requireHostAccess(engine.store.view, principal, { parts, location, root: plan.root });
    audited.scope = `location:${location}`;
    const to = places.machines.length > 0 ? input.location : location;
    return await deployApplication(engine, userCause(principal), { name, idempotencyKey, text, parts, location: to });
  });

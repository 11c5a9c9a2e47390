import { z } from 'zod';
import type { AdoptionFinding } from '../../domain/adoption/adoption-findings.ts';
import type { ApplicationId, TaskId } from '../../domain/shared/ids.ts';
import { maskText } from '../../domain/shared/secret-names.ts';
import { readAdoption } from '../../engine/adoption/read-adoption.ts';
import { adoptContainers } from '../../engine/commands/hosts/adopt-containers.ts';
import { answer } from '../answer.ts';
import { displayName, idOf } from '../inputs.ts';
import { maskBlueprint } from '../masking/mask-blueprint.ts';
import { onHost } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { userCause } from '../user-cause.ts';

export interface AdoptionPlanAnswer {
  /** Of the application. */
  readonly name: string;
  /** The blueprint as CAMP, secrets masked; null where none could be made. */
  readonly text: string | null;
  readonly containers: readonly AdoptedContainer[];
  /** With an error nothing can be adopted. */
  readonly findings: readonly AdoptionFinding[];
  readonly needsHostAccess: boolean;
}

export interface AdoptedContainer {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  /** Id of its entity in the blueprint, or of its cluster. */
  readonly service: string;
  /** Number in its cluster, from 1; null for one that stands alone. */
  readonly slot: number | null;
}

const what = {
  hostId: idOf<'host'>(),
  kind: z.enum(['container', 'project']).describe('One container, or a Compose project with all of its containers'),
  source: z.string().min(1).max(255).describe('Name of the project; name or whole id of the container'),
  name: displayName.optional().describe('Of the application; that of the container or project unless given'),
};

/** Command lines and paths of containers may tell more than their environment, so that only those see them who may adopt. */
export const adoptionPlan = procedure({
  permission: 'administer',
  scope: onHost,
  input: z.strictObject(what),
  summary: 'What containers of others would become as an application, changing nothing',
  rest: 'GET /hosts/{hostId}/adoption',
})
  .output(answer<AdoptionPlanAnswer>('The blueprint, the containers, and what was found'))
  .query(async ({ ctx: { services }, input, signal }): Promise<AdoptionPlanAnswer> => {
    const { hostId, kind, source, name } = input;
    const adoption = await readAdoption(services.engine, { hostId, name, source: { kind, name: source } }, signal);
    return {
      name: adoption.name,
      text: adoption.text === null ? null : maskBlueprint(adoption.text, services.views.secretKeys),
      containers: adoption.members.map(({ container: { id, name: called, image }, service, slot }) => ({
        id,
        name: called,
        image,
        service,
        slot,
      })),
      findings: adoption.findings.map((finding) => ({ ...finding, message: maskText(finding.message) })),
      needsHostAccess: adoption.needsHostAccess,
    };
  });

export const adopt = procedure({
  permission: 'administer',
  scope: onHost,
  input: z.strictObject({
    ...what,
    containerIds: z
      .array(z.string().regex(/^[0-9a-f]{64}$/, 'needs a whole id of a container'))
      .min(1)
      .max(100),
  }),
  summary: 'Make running containers of others an application; they run on as they are',
  rest: 'POST /hosts/{hostId}/adoptions',
})
  .output(answer<{ readonly applicationId: ApplicationId; readonly taskId: TaskId }>('The new application and its task'))
  .mutation(async ({ ctx: { services, principal }, input }) => {
    const { hostId, kind, source, name, containerIds } = input;
    return await adoptContainers(services.engine, userCause(principal), { hostId, name, source: { kind, name: source }, containerIds });
  });

import { z } from 'zod';
import type { Application, Rollout } from '../../domain/entity/application.ts';
import type { StoreView } from '../../ports/store.ts';
import { answer } from '../answer.ts';
import { missing } from '../error-map.ts';
import { id } from '../inputs.ts';
import type { PublicRecords } from '../masking/record-views.ts';
import { onApplication } from '../scopes.ts';
import { procedure } from '../trpc.ts';
import { type HostBrief, hostsOf } from './application-summary.ts';

export interface ApplicationDetail {
  readonly application: Application;
  readonly entities: readonly PublicRecords['entity'][];
  readonly instances: readonly PublicRecords['instance'][];
  readonly rollout: Rollout | null;
  readonly hosts: readonly HostBrief[];
}

export const get = procedure({
  permission: 'read',
  scope: onApplication,
  input: z.strictObject({ applicationId: id }),
  summary: 'One application with all its entities and containers',
  rest: 'GET /applications/{applicationId}',
})
  .output(answer<ApplicationDetail>('The application'))
  .query(({ ctx: { services }, input }): ApplicationDetail => {
    const { view } = services.engine.store;
    const application = view.get('application', input.applicationId);
    if (!application) throw missing();
    const entities = view.entitiesOf(application.id);
    return {
      application,
      entities: entities.map((entity) => services.views.view('entity', entity)),
      instances: entities.flatMap((entity) => view.instancesOf(entity.id).map((instance) => services.views.view('instance', instance))),
      rollout: rolloutOf(view, application),
      hosts: hostsOf(view, application.id),
    };
  });

function rolloutOf(view: StoreView, application: Application): Rollout | null {
  return application.rolloutId === null ? null : (view.get('rollout', application.rolloutId) ?? null);
}

import { answer } from '../answer.ts';
import { nothing } from '../inputs.ts';
import { signedInProcedure } from '../trpc.ts';

export interface AboutSystem {
  readonly version: string;
  readonly planeId: string;
  readonly revision: number;
  readonly store: 'sqlite' | 'postgres';
  readonly uptimeMs: number;
}

export const about = signedInProcedure({ input: nothing, summary: 'Version and identity of this installation', rest: 'GET /system' })
  .output(answer<AboutSystem>('About this installation'))
  .query(({ ctx: { services } }) => ({
    version: services.about.version,
    planeId: services.engine.secrets.planeId,
    revision: services.engine.store.revision,
    store: services.about.store,
    uptimeMs: services.engine.clock.now() - services.about.startedAt,
  }));

import { afterEach, expect, it } from 'vitest';
import type { TaskCause } from '../domain/entity/task.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { stopEntity } from './commands/entity-effectors.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
const LINKED = `
name: shop
location: ${CLOUD}
services:
- type: docker:web:1
  id: web
  env: { OWN: value }
  links: { db: $brooklyn:component("store") }
- { type: 'docker:db:1', id: store, name: Store, openPorts: [5432], env: { POSTGRES_DB: shop } }
`;
let fixture: EngineFixture;

afterEach(() => fixture.stop());

it('starts what is linked once the other serves, with where that is', async () => {
  fixture = await openEngineFixture({ hosts: 2 });
  const { applicationId } = await deployApplication(fixture.engine.context, USER, { text: LINKED });
  await fixture.pass(10_000);
  const find = (planId: string) => fixture.store.view.entitiesOf(applicationId).find((one) => one.planId === planId);
  const [web, store] = [find('web'), find('store')];
  const [of, other] = [web, store].map((one) => fixture.store.view.get('instance', one?.instanceId ?? ''));
  const host = fixture.store.view.get('host', other?.hostId ?? '');
  const port = other?.ports[0]?.host;
  expect(of?.spec.env).toMatchObject({
    OWN: 'value',
    DB_NAME: 'Store',
    DB_PORT: `tcp://${host?.address}:${port}`,
    DB_PORT_5432_TCP_PORT: String(port),
    DB_ENV_POSTGRES_DB: 'shop',
  });
  expect(other?.startedAt).toBeLessThan(of?.startedAt ?? 0);
  expect(web?.actual).toBe('RUNNING');

  await stopEntity(fixture.engine.context, USER, { entityId: store?.id ?? ('' as never) });
  await fixture.pass(5_000);
  expect(find('web')?.instanceId).toBe(web?.instanceId);
});

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { Instance } from '../domain/entity/instance.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import { labDown } from '../plugins/hosts/lab/lab-down.ts';
import { dockerCloud } from '../testing/docker-cloud.ts';
import { type EmptyWorld, openEmptyWorld } from '../testing/empty-world.ts';
import { SAMPLED_BALANCERS } from '../testing/sampled-balancers.ts';
import { SAMPLED_STORES } from '../testing/sampled-stores.ts';
import { testLab } from '../testing/test-lab.ts';
import { beginWebLoad } from '../testing/web-load.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { resizeEntity } from './commands/entity-effectors.ts';

const MINUTES = 60_000;
const USER: TaskCause = { kind: 'user', by: 'ann' };
const { env, lab } = testLab('serverstest');
const HAS_NGINX = SAMPLED_BALANCERS.includes('nginx in a container');
const HAS_RABBITMQ = SAMPLED_STORES.includes('rabbitmq in a container');
const PLACE = 'servers-cloud';

const WEB = `
name: Web
location: ${PLACE}
services:
- type: org.apache.brooklyn.entity.proxy.nginx.NginxController
  id: lb
  brooklyn.config: { loadBalancer.target: $brooklyn:component("web"), proxy.http.port: 8000 }
- type: cluster
  id: web
  initialSize: 1
  memberSpec:
    # Head and body of its page leave in one write: nobody can mend an answer that a kill has cut in two.
    type: "docker:nginx:1.22"
    name: Page
    openPorts: [80]
`;

const QUEUE = `
name: Queue
location: ${PLACE}
services:
- type: org.apache.brooklyn.entity.messaging.rabbit.RabbitBroker
  id: mq
  name: Broker
  brooklyn.config:
    amqp.port: 5673
    amqp.virtualHost: shop
    rabbitmq.user: ann
    rabbitmq.password: pa$$w0rd
    rabbitmq.management.plugin: true
`;

let world: EmptyWorld;

describe.skipIf(!HAS_NGINX && !HAS_RABBITMQ)('servers in containers of a cloud', () => {
  let application: ApplicationId;

  function entity(which: (entity: Entity) => boolean): Entity {
    const found = world.store.view.entitiesOf(application).find(which);
    if (!found) throw new Error('no such entity');
    return found;
  }

  const instanceOf = ({ instanceId }: Entity): Instance | undefined => world.store.view.get('instance', instanceId ?? '');

  async function deploy(text: string, location?: string): Promise<void> {
    const { applicationId } = await deployApplication(world.engine.context, USER, {
      text,
      ...(location === undefined ? {} : { location }),
    });
    application = applicationId;
    await vi.waitFor(
      () => {
        const states = world.store.view.entitiesOf(application).map(({ name, actual, waitingFor, problems }) => {
          return [name, actual, waitingFor ?? '', ...Object.values(problems)].join(' ').trim();
        });
        expect(states.filter((state) => !state.endsWith(' RUNNING'))).toEqual([]);
      },
      { timeout: 6 * MINUTES, interval: 200 },
    );
  }

  async function remove(): Promise<void> {
    await deleteApplication(world.engine.context, USER, { applicationId: application, removeVolumes: true });
    await vi.waitFor(() => expect(world.store.view.get('application', application)).toBeUndefined(), { timeout: 2 * MINUTES });
    expect([...world.store.view.all('volume').values()]).toEqual([]);
  }

  async function onHost(of: Entity, script: string): Promise<string> {
    const session = world.engine.context.hosts.ready(instanceOf(of)?.hostId ?? ('' as never));
    if (!session) throw new Error(`the host of ${of.name} is not ready`);
    const { stdout, stderr } = await session.script(script, { timeoutMs: 20_000 });
    return `${stdout}${stderr}`.trim();
  }

  beforeAll(async () => {
    await labDown(lab);
    world = await openEmptyWorld({ env });
    await deploy(dockerCloud({ location: PLACE, hosts: 1 }), 'lab:(memory=1g)');
  }, 8 * MINUTES);

  afterAll(async () => {
    await world.close();
    await labDown(lab);
  }, 5 * MINUTES);

  it.skipIf(!HAS_NGINX)(
    'nginx follows members that come, die and go, no request fails, and its workers are not root',
    async () => {
      await deploy(WEB);
      const balancer = () => entity(({ planId }) => planId === 'lb');
      const cluster = () => entity(({ planId }) => planId === 'web');
      const members = () => world.store.view.childrenOf(cluster().id).filter(({ slot, goal }) => slot !== null && goal === 'running');
      const served = (count: number): Promise<void> =>
        vi.waitFor(
          () => {
            const serves = instanceOf(balancer())?.serves ?? [];
            expect([members().length, [...serves].sort()]).toEqual([
              count,
              members()
                .map(({ instanceId }) => instanceId)
                .sort(),
            ]);
          },
          { timeout: 3 * MINUTES, interval: 50 },
        );
      await served(1);
      const container = `'${instanceOf(balancer())?.containerName}'`;
      const users = await onHost(
        balancer(),
        `docker top ${container} -eo pid,user,args | sed -n 's/^[0-9 ]*\\([^ ]*\\) *nginx: \\([a-z]*\\).*/\\2 \\1/p' | sort -u`,
      );
      expect(users).toMatch(/^master \S+\nworker (?!root$)\S+$/);
      const started = () => onHost(balancer(), `docker inspect --format '{{.State.StartedAt}} {{.State.Pid}}' ${container}`);
      const before = await started();

      const load = beginWebLoad(String(balancer().sensors['main.uri']), 25);
      await resizeEntity(world.engine.context, USER, { entityId: cluster().id, size: 2 });
      await served(2);
      const [victim] = members();
      if (!victim) throw new Error('no member');
      const { startedAt } = instanceOf(victim) ?? {};
      const killedAt = new Date().toISOString();
      await onHost(victim, `docker kill '${instanceOf(victim)?.containerName}'`);
      await vi.waitFor(() => expect(instanceOf(entity(({ id }) => id === victim.id))?.startedAt).not.toBe(startedAt), {
        timeout: MINUTES,
        interval: 50,
      });
      await served(2);
      await resizeEntity(world.engine.context, USER, { entityId: cluster().id, size: 1 });
      await served(1);
      await vi.waitFor(() => expect(load.sent).toBeGreaterThan(100), { timeout: 10_000, interval: 50 });
      await load.end();
      expect(load.failed, `a member was killed at ${killedAt}`).toEqual([]);
      expect(await started()).toBe(before);
      await remove();
    },
    8 * MINUTES,
  );

  it.skipIf(!HAS_RABBITMQ)(
    'RabbitMQ keeps a message over the end of its process, takes the login that it was made with, and shows no password',
    async () => {
      await deploy(QUEUE);
      const broker = () => entity(({ planId }) => planId === 'mq');
      const { sensors } = broker();
      expect(sensors['broker.url']).toBe(`amqp://${sensors['host.address']}:${sensors['amqp.port']}/shop`);
      const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
        const answer = await fetch(new URL(`api/${path}`, String(broker().sensors['rabbitmq.management.url'])), {
          method,
          headers: { authorization: `Basic ${btoa('ann:pa$$w0rd')}`, 'content-type': 'application/json' },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
        return answer.status === 201 ? null : await answer.json();
      };
      const container = `'${instanceOf(broker())?.containerName}'`;
      expect(await onHost(broker(), "ps -ef | grep -c '[p]a\\$\\$w0rd'")).toBe('0');
      const owner = `docker exec ${container} sh -c 'id -u rabbitmq; stat -c %u /proc/${instanceOf(broker())?.process?.pid}'`;
      expect(new Set((await onHost(broker(), owner)).split('\n')).size).toBe(1);

      await ask('PUT', 'queues/shop/orders', { durable: true });
      const message = { properties: { delivery_mode: 2 }, routing_key: 'orders', payload: 'first', payload_encoding: 'string' };
      expect(await ask('POST', 'exchanges/shop/amq.default/publish', message)).toEqual({ routed: true });
      const pid = () => instanceOf(broker())?.process?.pid ?? 0;
      const before = pid();
      expect(before).toBeGreaterThan(1);
      await onHost(broker(), `docker exec ${container} kill -KILL ${before}`);
      await vi.waitFor(() => expect(pid()).not.toBe(before), { timeout: MINUTES, interval: 100 });
      const get = { count: 1, ackmode: 'ack_requeue_false', encoding: 'auto' };
      await vi.waitFor(async () => expect(await ask('POST', 'queues/shop/orders/get', get)).toMatchObject([{ payload: 'first' }]), {
        timeout: 2 * MINUTES,
        interval: 1_000,
      });
      await remove();
    },
    8 * MINUTES,
  );
});

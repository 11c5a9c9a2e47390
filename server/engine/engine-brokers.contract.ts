import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import { labDown } from '../plugins/hosts/lab/lab-down.ts';
import { type EmptyWorld, openEmptyWorld } from '../testing/empty-world.ts';
import { SAMPLED_STORES } from '../testing/sampled-stores.ts';
import { testLab } from '../testing/test-lab.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { requirePlace, runWhereItRuns } from './feeds/run-where-it-runs.ts';

const MINUTES = 60_000;
const USER: TaskCause = { kind: 'user', by: 'ann' };
const { env, lab } = testLab('brokerstest');

let world: EmptyWorld;

describe.skipIf(!SAMPLED_STORES.includes('rabbitmq'))('a message broker on a machine without Docker', () => {
  beforeAll(async () => {
    await labDown(lab);
    world = await openEmptyWorld({ env });
  }, 8 * MINUTES);

  afterAll(async () => {
    await world.close();
    await labDown(lab);
  }, 5 * MINUTES);

  it(
    'RabbitMQ keeps a message over the end of its process, takes the login that it was made with, and shows no password',
    async () => {
      const text = `
name: Queue
services:
- type: org.apache.brooklyn.entity.messaging.rabbit.RabbitBroker
  id: mq
  name: Broker
  location: lab:(bare=true,memory=768m)
  brooklyn.config:
    amqp.port: 5673
    amqp.virtualHost: shop
    rabbitmq.user: ann
    rabbitmq.password: pa$$w0rd
    rabbitmq.management.plugin: true
`;
      const { applicationId } = await deployApplication(world.engine.context, USER, { text });
      const { view } = world.store;
      const broker = (): Entity => {
        const found = view.entitiesOf(applicationId).find(({ planId }) => planId === 'mq');
        if (!found) throw new Error('no broker');
        return found;
      };
      const running = (): Promise<void> =>
        vi.waitFor(
          () => {
            const { actual, problems, waitingFor } = broker();
            expect([actual, ...Object.values(problems), waitingFor ?? ''].join(' ').trim()).toBe('RUNNING');
          },
          { timeout: 6 * MINUTES, interval: 200 },
        );
      await running();
      const onMachine = async (script: string): Promise<string> => {
        const { stdout, stderr } = await runWhereItRuns(
          requirePlace(world.engine.context, broker()),
          { script, env: {} },
          { timeoutMs: 60_000 },
        );
        return `${stdout}${stderr}`.trim();
      };
      const { sensors } = broker();
      expect(sensors['broker.url']).toBe(`amqp://${sensors['host.address']}:5673/shop`);
      // What is for nodes and tools is nobody's outside of the machine.
      const open = "ss -Hltn | awk '{print $4}' | grep -v -e '^127[.]' -e '^\\[::1\\]' | sed 's/.*://' | sort -un | tr '\\n' ' '";
      expect(await onMachine(open)).toBe('22 5673 15672');
      const ask = (method: string, path: string, body = ''): string =>
        `curl -sS -u 'ann:pa$$w0rd' -H 'content-type: application/json' -X ${method} http://127.0.0.1:15672/api/${path} ${body === '' ? '' : `-d '${body}'`}`;
      expect(await onMachine("ps -ef | grep -c '[p]a\\$\\$w0rd'; ps -o user= -C beam.smp; systemctl is-active rabbitmq-server")).toBe(
        '0\nrabbitmq\ninactive',
      );
      await onMachine(ask('PUT', 'queues/shop/orders', '{"durable":true}'));
      const message = '{"properties":{"delivery_mode":2},"routing_key":"orders","payload":"first","payload_encoding":"string"}';
      expect(await onMachine(ask('POST', 'exchanges/shop/amq.default/publish', message))).toBe('{"routed":true}');
      const process = () => view.get('instance', broker().instanceId ?? '')?.process?.pid ?? 0;
      const before = process();
      expect(before).toBeGreaterThan(1);
      await onMachine(`kill -KILL ${before}`);
      await vi.waitFor(() => expect(process()).not.toBe(before), { timeout: MINUTES, interval: 100 });
      await running();
      const got = ask('POST', 'queues/shop/orders/get', '{"count":1,"ackmode":"ack_requeue_false","encoding":"auto"}');
      await vi.waitFor(async () => expect(await onMachine(got)).toContain('"payload":"first"'), { timeout: MINUTES, interval: 1_000 });
      await deleteApplication(world.engine.context, USER, { applicationId, removeVolumes: true });
      await vi.waitFor(() => expect(view.get('application', applicationId)).toBeUndefined(), { timeout: 2 * MINUTES });
      expect([...view.all('volume').values()]).toEqual([]);
    },
    12 * MINUTES,
  );
});

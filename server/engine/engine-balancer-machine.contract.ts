import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { Instance } from '../domain/entity/instance.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import { labDown } from '../plugins/hosts/lab/lab-down.ts';
import { type EmptyWorld, openEmptyWorld } from '../testing/empty-world.ts';
import { SAMPLED_BALANCERS } from '../testing/sampled-balancers.ts';
import { testLab } from '../testing/test-lab.ts';
import { beginWebLoad } from '../testing/web-load.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { resizeEntity } from './commands/entity-effectors.ts';

const MINUTES = 60_000;
const USER: TaskCause = { kind: 'user', by: 'ann' };
const { env, lab } = testLab('lbmachine');

/** Machines with nothing but sshd: one for the load balancer, one for each member. */
const webBy = (type: string) => `
name: Web on machines
location: lab:(bare=true,memory=256m)
services:
- type: ${type}
  id: lb
  brooklyn.config: { loadBalancer.target: $brooklyn:component("web"), proxy.http.port: 8000 }
- type: cluster
  id: web
  brooklyn.config:
    cluster.initial.size: 1
    dynamiccluster.memberspec:
      $brooklyn:entitySpec:
        type: vanilla-process
        name: Page
        brooklyn.config:
          http.port: 8080
          softwareProcess.serviceProcessIsRunningPollPeriod: 1s
          launch.command: |
            nohup perl -MIO::Socket::INET -e '
              $SIG{PIPE} = "IGNORE";
              $s = IO::Socket::INET->new(LocalPort => 8080, Listen => 128, ReuseAddr => 1) or die $!;
              while (1) {
                $c = $s->accept or next;
                while (<$c>) { last if /^\\r?$/ }
                print $c "HTTP/1.1 200 OK\\r\\nContent-Length: 3\\r\\nConnection: close\\r\\n\\r\\nok\\n";
                close $c;
              }' >console 2>&1 </dev/null &
            echo $! >"$PID_FILE"
`;

let world: EmptyWorld;
let application: ApplicationId;
let uri: string;

function entity(which: (entity: Entity) => boolean): Entity {
  const found = world.store.view.entitiesOf(application).find(which);
  if (!found) throw new Error('no such entity');
  return found;
}

const cluster = () => entity(({ size }) => size !== null);
const balancer = () => entity(({ planId }) => planId === 'lb');
const instanceOf = ({ instanceId }: Entity): Instance | undefined => world.store.view.get('instance', instanceId ?? '');
const members = () => world.store.view.childrenOf(cluster().id).filter(({ slot, goal }) => slot !== null && goal === 'running');

async function served(count: number): Promise<void> {
  await vi.waitFor(
    () => {
      const serves = instanceOf(balancer())?.serves ?? [];
      const states = world.store.view.entitiesOf(application).map(({ name, actual, waitingFor, problems }) => {
        return `${name} ${actual} ${waitingFor ?? ''} ${Object.values(problems).join('; ')}`;
      });
      const isServed = members().length === count && members().every((one) => serves.some((id) => id === one.instanceId));
      if (!isServed || serves.length !== count) throw new Error(`${serves.length} of ${count} served: ${states.join(', ')}`);
    },
    { timeout: 4 * MINUTES, interval: 50 },
  );
}

async function onMachine(of: Entity, script: string): Promise<string> {
  const session = world.engine.context.hosts.ready(instanceOf(of)?.hostId ?? ('' as never));
  if (!session) throw new Error(`the machine of ${of.name} is not ready`);
  return (await session.script(script, { timeoutMs: 10_000 })).stdout.trim();
}

const BALANCERS = [
  { type: 'haproxy', part: 'haproxy on a machine', users: '1 haproxy\n 1 root' },
  { type: 'nginx', part: 'nginx on a machine', users: '1 root\n N www-data' },
] as const;

for (const { type, part, users } of BALANCERS) {
  describe.skipIf(!SAMPLED_BALANCERS.includes(part))(`${type} on a machine without Docker`, () => {
    beforeAll(async () => {
      await labDown(lab);
      world = await openEmptyWorld({ env });
      application = (await deployApplication(world.engine.context, USER, { text: webBy(type) })).applicationId;
      await served(1);
      uri = String(balancer().sensors['main.uri']);
    }, 8 * MINUTES);

    afterAll(async () => {
      await world.close();
      // The machines that were given back may be on their way out still.
      await vi.waitFor(() => labDown(lab), { timeout: 2 * MINUTES, interval: 1_000 });
    }, 3 * MINUTES);

    it('serves a process on another machine, its workers without the rights of root', async () => {
      expect((await fetch(uri)).status).toBe(200);
      const told = await onMachine(balancer(), `command -v docker; ps -o user= -C ${type} | sort | uniq -c | tr -s " "`);
      // nginx has a worker for each CPU.
      expect(told.replace(/\d+ www-data/, 'N www-data')).toBe(users);
    });

    it('follows members that come, die and go, and no request fails', async () => {
      const load = beginWebLoad(uri, 25);
      const { pid } = instanceOf(balancer())?.process ?? {};
      await resizeEntity(world.engine.context, USER, { entityId: cluster().id, size: 2 });
      await served(2);
      const [victim] = members();
      if (!victim) throw new Error('no member');
      const before = instanceOf(victim)?.process?.pid;
      await onMachine(victim, `kill -KILL ${before}`);
      await vi.waitFor(
        () => {
          const { ready, process } = instanceOf(victim) ?? {};
          expect([ready, process?.pid === before]).toEqual([true, false]);
        },
        { timeout: MINUTES, interval: 50 },
      );
      await served(2);
      await resizeEntity(world.engine.context, USER, { entityId: cluster().id, size: 1 });
      await served(1);
      await load.end();
      expect(load.failed).toEqual([]);
      expect(load.sent).toBeGreaterThan(100);
      // Reloaded, not started anew.
      expect(instanceOf(balancer())?.process?.pid).toBe(pid);
      if (type === 'nginx') return;
      const total = () => world.engine.context.metrics.latest(balancer().id)['webapp.reqs.total'];
      await vi.waitFor(() => expect(total()).toBe(load.sent + 1), { timeout: 10_000, interval: 50 });
    });

    it('gives its machines back', async () => {
      const { address } = world.store.view.get('host', instanceOf(balancer())?.hostId ?? '') ?? {};
      expect(address).toBeDefined();
      await deleteApplication(world.engine.context, USER, { applicationId: application, removeVolumes: true });
      await vi.waitFor(() => expect(world.store.view.all('host').size).toBe(0), { timeout: 2 * MINUTES, interval: 100 });
    });
  });
}

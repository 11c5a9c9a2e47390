import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { Instance } from '../domain/entity/instance.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import { applyFault } from '../plugins/hosts/lab/faults.ts';
import { findDocker } from '../plugins/hosts/lab/find-docker.ts';
import { labDown } from '../plugins/hosts/lab/lab-down.ts';
import { type EmptyWorld, openEmptyWorld } from '../testing/empty-world.ts';
import { testLab } from '../testing/test-lab.ts';
import { beginWebLoad } from '../testing/web-load.ts';
import { deployApplication } from './commands/deploy-application.ts';

const MINUTES = 60_000;
const USER: TaskCause = { kind: 'user', by: 'ann' };
const { env, lab } = testLab('requests');
const WINDOWED = 'webapp.reqs.perSec.windowed';

const CLOUD = `
name: Docker cloud
location: lab:(memory=1g)
services:
- type: docker-infrastructure
  brooklyn.config:
    entity.dynamicLocation.name: request-cloud
    docker.host.cluster.initial.size: 2
    docker.container.strategies: [{ $brooklyn:object: { type: breadth-first } }]
`;

/** Of the talk's slides, its JBoss taken for PHP. */
const WEB = `
name: Web
location: request-cloud
services:
- type: brooklyn.entity.webapp.ControlledDynamicWebAppCluster
  id: web
  initialSize: 1
  brooklyn.config:
    proxy.http.port: 8210-8219
    controlleddynamicwebappcluster.controllerSpec:
      $brooklyn:entitySpec: { type: haproxy, brooklyn.config: { haproxy.check.path: /health.php, member.port: 80 } }
  memberSpec:
    $brooklyn:entitySpec:
      type: docker:php:8.2-apache
      name: Page
      brooklyn.config:
        docker.container.openPorts: [80]
        readiness: { kind: http, port: 80, path: /health.php }
        docker.container.files:
          /var/www/html/health.php: <?php echo "ok";
          /var/www/html/index.php: <?php if (isset($_GET["end"])) { http_response_code(500); } echo gethostname();
  brooklyn.policies:
  - type: brooklyn.policy.autoscaling.AutoScalerPolicy
    brooklyn.config:
      metric: webapp.reqs.perSec.windowed.perNode
      metricLowerBound: 8
      metricUpperBound: 20
      minPoolSize: 1
      maxPoolSize: 3
      resizeUpStabilizationDelay: 2s
      resizeDownStabilizationDelay: 5s
      flapGuard: 5s
`;

let world: EmptyWorld;
let application: ApplicationId;
let uri: string;

async function until(holds: () => boolean, what: string, timeout = 2 * MINUTES): Promise<number> {
  const begun = performance.now();
  await vi.waitFor(
    () => {
      if (holds()) return;
      const entities = world.store.view.entitiesOf(application).map(({ name, actual, waitingFor, problems, size }) => {
        return { name, actual, size, waitingFor, ...problems };
      });
      throw new Error(`not yet: ${what} ${JSON.stringify([...entities, latest(cluster()), latest(top()), latest(balancer())])}`);
    },
    { timeout, interval: 20 },
  );
  return Math.round(performance.now() - begun);
}

function entity(which: (entity: Entity) => boolean): Entity {
  const found = world.store.view.entitiesOf(application).find(which);
  if (!found) throw new Error('no such entity');
  return found;
}

const cluster = () => entity(({ size }) => size !== null);
const top = () => entity(({ planId }) => planId === 'web');
const balancer = () => entity(({ type }) => type === 'haproxy');
const latest = ({ id }: Entity) => world.engine.context.metrics.latest(id);
const instanceOf = ({ instanceId }: Entity): Instance | undefined => world.store.view.get('instance', instanceId ?? '');
const members = () => world.store.view.childrenOf(cluster().id).filter(({ slot, goal }) => slot !== null && goal === 'running');
const serving = () => instanceOf(balancer())?.serves ?? [];
const settled = (count: number) =>
  members().length === count && serving().length === count && members().every((one) => serving().some((id) => id === one.instanceId));

/** For whoever reads the run. */
function measured(text: string): void {
  process.stdout.write(`${text}\n`);
}

describe('requests, as the load balancer counts them on real hosts', () => {
  beforeAll(async () => {
    await labDown(lab);
    world = await openEmptyWorld({ env });
    application = (await deployApplication(world.engine.context, USER, { text: CLOUD })).applicationId;
    const hosts = () => [...world.store.view.all('host').values()];
    await vi.waitFor(() => expect(hosts().map(({ state }) => state)).toEqual(['ready', 'ready']), { timeout: 5 * MINUTES, interval: 100 });
    application = (await deployApplication(world.engine.context, USER, { text: WEB })).applicationId;
    await until(() => settled(1), 'one member is served', 4 * MINUTES);
    uri = String(balancer().sensors['main.uri']);
  }, 10 * MINUTES);

  afterAll(async () => {
    await world.close();
    await labDown(lab);
  }, 3 * MINUTES);

  it('are told of members, cluster, load balancer and the whole, to the last one', async () => {
    const before = latest(balancer())['webapp.reqs.total'] ?? 0;
    const load = beginWebLoad(uri, 10);
    await until(() => (latest(cluster())[`${WINDOWED}.perNode`] ?? 0) > 8, 'ten a second are seen');
    await load.end();
    expect((await fetch(`${uri}?end=1`)).status).toBe(500);
    const sent = load.sent + 1;
    await until(() => latest(balancer())['webapp.reqs.total'] === before + sent, `${sent} requests are counted`);
    const [member] = members();
    if (!member) throw new Error('no member');
    await until(() => latest(member)['webapp.reqs.errors'] === 1, 'the one error is counted');
    expect(latest(member)).toMatchObject({ 'webapp.reqs.total': before + sent, 'webapp.reqs.bytes.sent': expect.any(Number) });
    expect(latest(member)['webapp.reqs.responseTime']).toBeLessThan(1_000);
    await until(() => latest(top())['webapp.reqs.total'] === before + sent, 'the whole has them too');
    expect(load.failed).toEqual([]);
  });

  it('cost no connection but the one that the host has, and no channel but one', async () => {
    const session = world.engine.context.hosts.ready(instanceOf(balancer())?.hostId ?? ('' as never));
    if (!session) throw new Error('no session');
    const dialled = vi.spyOn(session, 'dial');
    const before = world.engine.context.metrics.heard(balancer().id, 'webapp.reqs.total')?.at ?? 0;
    await until(() => (world.engine.context.metrics.heard(balancer().id, 'webapp.reqs.total')?.at ?? 0) > before + 4_000, 'five answers');
    expect([session.dials, dialled.mock.calls.length]).toEqual([1, 0]);
  });

  it('make an auto-scaler grow the cluster and shrink it again, and none of them fails', async () => {
    const load = beginWebLoad(uri, 50);
    const grown = await until(() => settled(3), 'three members are served', 3 * MINUTES);
    await until(() => members().every((one) => (latest(one)[WINDOWED] ?? 0) > 10), 'each has its part');
    const eachOne = () => latest(cluster())[`${WINDOWED}.perNode`] ?? 0;
    // The window still has what two had.
    await until(() => eachOne() > 14 && eachOne() < 18, 'each is given a third of 50 a second');
    const perNode = eachOne();
    await load.end();
    const calm = beginWebLoad(uri, 2);
    const shrunk = await until(() => settled(1), 'one member is left', 3 * MINUTES);
    await calm.end();
    measured(`1 → 3 in ${grown} ms at 50/s (${perNode.toFixed(1)}/s each), 3 → 1 in ${shrunk} ms; ${load.sent + calm.sent} requests`);
    expect([...load.failed, ...calm.failed]).toEqual([]);
  });

  it.each(['process', 'container', 'host'] as const)('go on while a %s is killed, which is replaced and served again', async (what) => {
    // With the load no policy is to shrink it meanwhile.
    const load = beginWebLoad(uri, 40);
    await until(() => settled(2) || settled(3), 'two members are served', 3 * MINUTES);
    const away = instanceOf(balancer())?.hostId;
    const victim = members()
      .map(instanceOf)
      .find((instance) => instance !== undefined && instance.hostId !== away);
    if (!victim?.containerId) throw new Error('no member on the other host');
    const docker = await findDocker(lab);
    const machine = world.store.view.get('host', victim.hostId)?.origin?.machine;
    if (!docker || machine === undefined) throw new Error('no machine');
    const session = world.engine.context.hosts.ready(victim.hostId);
    const begun = performance.now();
    const took = () => Math.round(performance.now() - begun);
    if (what === 'process')
      await session?.script(`kill -KILL $(docker inspect -f '{{.State.Pid}}' ${victim.containerId})`, { timeoutMs: 10_000 });
    if (what === 'container') await session?.engine.killContainer(victim.containerId, { signalName: 'KILL' });
    if (what === 'host') await applyFault(lab, docker, { kind: 'kill', host: machine });
    await until(() => !serving().some((id) => id === victim.id), 'it is not served any more');
    const seen = took();
    await until(() => members().length >= 2 && settled(members().length), 'all members are served again', 3 * MINUTES);
    measured(
      `${what} killed: out of the load balancer after ${seen} ms, all served after ${took()} ms; ${load.failed.length} of ${load.sent} failed`,
    );
    await load.end();
    expect(load.failed).toEqual([]);
  });
});

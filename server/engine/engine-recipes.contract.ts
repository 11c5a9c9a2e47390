import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import { labDown } from '../plugins/hosts/lab/lab-down.ts';
import { dockerCloud } from '../testing/docker-cloud.ts';
import { type EmptyWorld, openEmptyWorld } from '../testing/empty-world.ts';
import { sampleOf } from '../testing/sample-of.ts';
import { testLab } from '../testing/test-lab.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { updateApplication } from './commands/update-application.ts';

const MINUTES = 60_000;
const USER: TaskCause = { kind: 'user', by: 'ann' };
const { env, lab } = testLab('recipestest');
const CLOUD = dockerCloud({ location: 'recipes-cloud', hosts: 1 });
const TOOLS = sampleOf('recipes', ['ansible', 'puppet'], 1);
const apt = (packages: string): string =>
  `export DEBIAN_FRONTEND=noninteractive; apt-get update -q && apt-get install -y -q --no-install-recommends ${packages}`;
const ANSIBLE = (location: string, id: string, word: string): string => `
- type: org.apache.brooklyn.entity.cm.ansible.AnsibleEntity
  id: ${id}
  name: ${id}
  location: ${location}
  brooklyn.config:
    docker.image.name: php:8.2-apache
    start.timeout: 5m
    pre.install.command: ${apt('ansible-core python3-apt')}
    playbook: web
    playbook.yaml: |
      - hosts: all
        tasks:
        - apt: { name: nginx-light }
        - file: { path: /etc/nginx/sites-enabled/default, state: absent }
        - copy:
            dest: /etc/nginx/conf.d/own.conf
            content: "server { listen {{ port }}; location / { return 200 '{{ word }} of {{ ansible_distribution }}\\\\n'; } }\\n"
          notify: again
        handlers:
        - name: again
          service: { name: nginx, state: restarted }
    ansible.vars: { port: 8091, word: ${word} }
    service.name: nginx
    ansible.service.check.port: 8091
`;
const PUPPET = (location: string, id: string): string => `
- type: puppet
  id: ${id}
  name: ${id}
  location: ${location}
  brooklyn.config:
    docker.image.name: php:8.2-apache
    http.port: 8092
    start.timeout: 5m
    pre.install.command: ${apt('puppet-agent')}
    facts: { word: manifest }
    manifest: |
      package { 'nginx-light': ensure => installed }
      -> file { '/etc/nginx/sites-enabled/default': ensure => absent }
      -> file { '/etc/nginx/conf.d/own.conf':
        content => "server { listen 8092; location / { return 200 '\${facts['word']} of \${facts['os']['name']}\\n'; } }\\n",
      }
      -> exec { '/usr/sbin/service nginx restart': }
    service.name: nginx
`;

let world: EmptyWorld;

async function deploy(text: string, location?: string): Promise<ApplicationId> {
  return (await deployApplication(world.engine.context, USER, { text, ...(location ? { location } : {}) })).applicationId;
}

async function running(applicationId: ApplicationId, timeout = 8 * MINUTES): Promise<void> {
  await vi.waitFor(
    () => {
      const states = world.store.view
        .entitiesOf(applicationId)
        .map(({ name, actual, problems, waitingFor }) =>
          `${name} ${actual} ${Object.values(problems).join('; ')} ${waitingFor ?? ''}`.trim(),
        );
      expect(states.filter((state) => !/ RUNNING$/.test(state))).toEqual([]);
    },
    { timeout, interval: 200 },
  );
}

function named(applicationId: ApplicationId, planId: string): Entity {
  const found = world.store.view.entitiesOf(applicationId).find((entity) => entity.planId === planId);
  if (!found) throw new Error(`no ${planId}`);
  return found;
}

/** Asked where it is reached from here: at its machine, or at the port of its host. */
async function page(entity: Entity, port: number): Promise<string> {
  const instance = entity.instanceId ? world.store.view.get('instance', entity.instanceId) : undefined;
  const at = instance?.spec.process?.place.kind === 'machine' ? port : instance?.ports.find((one) => one.container === port)?.host;
  const response = await fetch(`http://${String(entity.sensors['host.address'])}:${at}/`, { signal: AbortSignal.timeout(5_000) });
  return (await response.text()).trim();
}

async function inPlace(entity: Entity, script: string): Promise<string> {
  const instance = entity.instanceId ? world.store.view.get('instance', entity.instanceId) : undefined;
  if (!instance) throw new Error('no instance');
  return await world.engine.context.hosts.operate(instance.hostId, async ({ engine, script: run }) => {
    const isMachine = instance.spec.process?.place.kind === 'machine';
    const { stdout } = isMachine
      ? await run(script, { timeoutMs: 10_000 })
      : await engine.exec(instance.containerName, { argv: ['sh', '-s'], stdin: script, timeoutMs: 10_000 });
    return stdout.trim();
  });
}

describe('recipes', () => {
  let application: ApplicationId;
  const MACHINE = 'lab:(bare=true,memory=512m)';
  const BY = {
    ansible: (word: string): string => ANSIBLE('recipes-cloud', 'ansible-box', word) + ANSIBLE(MACHINE, 'ansible-machine', word),
    puppet: (): string => PUPPET('recipes-cloud', 'puppet-box') + PUPPET(MACHINE, 'puppet-machine'),
  };
  const text = (word: string): string => `name: Recipes\nservices:${TOOLS.map((tool) => BY[tool](word)).join('')}`;

  beforeAll(async () => {
    await labDown(lab);
    world = await openEmptyWorld({ env });
    await running(await deploy(CLOUD, 'lab:(memory=1g)'));
  }, 8 * MINUTES);

  afterAll(async () => {
    await world.close();
    await labDown(lab);
  }, 5 * MINUTES);

  it(
    `of ${TOOLS.join(' and ')} set up what serves, in a container and on a machine`,
    async () => {
      application = await deploy(text('playbook'));
      await running(application);
      const served = { ansible: { port: 8091, says: 'playbook of Debian' }, puppet: { port: 8092, says: 'manifest of Debian' } };
      for (const id of TOOLS.flatMap((tool) => [`${tool}-box`, `${tool}-machine`])) {
        const { port, says } = served[id.startsWith('ansible') ? 'ansible' : 'puppet'];
        expect(await page(named(application, id), port)).toBe(says);
      }
    },
    10 * MINUTES,
  );

  it.each(TOOLS.map((tool) => (tool === 'ansible' ? 'ansible-box' : 'puppet-machine')))(
    'have the service of %s asked for, and started again when it was killed',
    async (id) => {
      const port = id.startsWith('ansible') ? 8091 : 8092;
      const failures: string[] = [];
      const stop = world.store.subscribe(() => failures.push(...Object.keys(named(application, id).problems)));
      await inPlace(named(application, id), 'pkill -KILL nginx');
      await vi.waitFor(() => expect(failures).toContain('process'), { timeout: 30_000 });
      await running(application, 2 * MINUTES);
      stop();
      expect(await page(named(application, id), port)).toMatch(/ of Debian$/);
    },
    3 * MINUTES,
  );

  it.skipIf(!TOOLS.includes('ansible'))(
    'are applied again, and not installed again, where only what they are given has changed',
    async () => {
      const { instanceId } = named(application, 'ansible-machine');
      await updateApplication(world.engine.context, USER, { applicationId: application, text: text('other'), expectedGeneration: 1 });
      await vi.waitFor(() => expect([...world.store.view.all('rollout').values()].at(-1)?.state).toBe('done'), { timeout: 5 * MINUTES });
      await running(application, 2 * MINUTES);
      expect(named(application, 'ansible-machine').instanceId).not.toBe(instanceId);
      for (const id of ['ansible-box', 'ansible-machine']) expect(await page(named(application, id), 8091)).toBe('other of Debian');
    },
    8 * MINUTES,
  );
});

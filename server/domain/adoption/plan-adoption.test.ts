// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how others write variables.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadPlugins } from '../../plugins/registry.ts';
import { aDescription, aMount } from '../../testing/container-description.ts';
import { composeLabels } from '../../testing/foreign-project.ts';
import { convertBlueprint } from '../blueprint/convert-blueprint.ts';
import { planApplication } from '../blueprint/plan-application.ts';
import { EMPTY_CATALOG } from '../catalog/catalog.ts';
import type { ContainerDescription } from './container-description.ts';
import { type AdoptionSource, planAdoption } from './plan-adoption.ts';

const library = { ...(await loadPlugins()), catalog: EMPTY_CATALOG };
const WEB: AdoptionSource = { kind: 'container', name: 'web' };
const BLOG: AdoptionSource = { kind: 'project', name: 'blog' };

function camp(source: AdoptionSource, containers: readonly ContainerDescription[]) {
  const { compose } = planAdoption(source, containers, { cgroupVersion: '2' });
  const { text, diagnostics } = convertBlueprint({ text: compose, file: 'compose.yaml', hostAccess: true }, 'camp', library);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').map(({ code, path }) => `${code} ${path}`);
  const planned = planApplication({ text: text ?? '', hostAccess: true }, library);
  return { text, errors, codes: diagnostics.map(({ code }) => code), root: planned.ok ? planned.plan.root : undefined };
}

const configOf = (fields: Partial<ContainerDescription>) => camp(WEB, [aDescription({ name: 'web', ...fields })]).root?.children[0]?.config;
const saidOf = (containers: readonly ContainerDescription[], source = WEB) =>
  planAdoption(source, containers, { cgroupVersion: '2' }).findings.map(({ severity, message }) => `${severity} ${message}`);

describe('the blueprint of a container', () => {
  it('says nothing that its image says by itself', () => {
    const own = { env: ['PATH=/bin', 'A=1'], command: ['serve'], user: 'app', workingDir: '/app', labels: { maintainer: 'ann' } };
    const of = { ...own, names: ['nginx:1'], entrypoint: [], volumes: [], stopSignal: '', healthcheck: null };
    expect(configOf({ ...own, of, image: 'nginx:1' })).toEqual({
      'docker.image.name': 'nginx:1',
      'docker.container.networkMode': 'bridge',
      'docker.container.restartPolicy': 'no',
    });
  });

  it('says what it was asked for otherwise, in the words that the importer of Compose uses', () => {
    const config = configOf({
      ...{ env: ['A=1', 'B=two=words', 'C=$HOME ${X} $brooklyn:config("x")'], entrypoint: ['/run', 'it'], command: ['--now', '$1'] },
      ...{ user: '1000:1000', workingDir: '/srv', hostname: '01', tty: true, init: true, readOnly: true, stopSignal: 'SIGINT' },
      ...{ stopTimeoutS: 30, restart: { name: 'on-failure', most: 3 }, labels: { team: 'blue', 'com.docker.compose.x': '1' } },
      ...{ memoryBytes: 512 * 1024 ** 2, memorySwapBytes: 1024 ** 3, cpus: 0.5, pidsLimit: 64, shmBytes: 256 * 1024 ** 2, cpuset: '0-1' },
      ...{ ulimits: [{ name: 'nofile', soft: 1024, hard: 2048 }], tmpfs: { '/run': 'size=1m' }, capDrop: ['CAP_NET_RAW'] },
      ...{ extraHosts: ['db:10.0.0.1'], dns: ['1.1.1.1'], logging: { driver: 'json-file', options: { 'max-size': '1m' } } },
      healthcheck: { test: ['CMD', 'true'], intervalMs: 5_000, timeoutMs: 0, startPeriodMs: 1_500, startIntervalMs: 0, retries: 5 },
      fixedPorts: [{ container: 80, host: 8080, protocol: 'tcp', address: '127.0.0.1' }],
      ports: [
        { container: 80, host: 8080, protocol: 'tcp', address: '127.0.0.1' },
        { container: 53, host: 49_153, protocol: 'udp' },
      ],
    });
    expect(config).toMatchObject({
      'docker.image.entrypoint': ['/run', 'it'],
      'docker.image.commands': ['--now', '$1'],
      'docker.container.portBindings': ['127.0.0.1:8080:80', '53/udp'],
      'docker.container.user': '1000:1000',
      'docker.container.hostname': '01',
      'docker.container.labels': { team: 'blue' },
      'docker.container.restartPolicy': 'on-failure:3',
      'docker.container.healthcheck': { test: ['CMD', 'true'], interval: '5s', timeout: '30s', retries: 5, startPeriod: '1500ms' },
      'docker.container.capDrop': ['NET_RAW'],
      'docker.container.shmSize': '256m',
      'docker.container.tmpfs': ['/run:size=1m'],
      'docker.cpus': 0.5,
      'docker.memory': '512m',
      'stop.timeout': '30s',
    });
    expect(config?.['docker.container.environment']).toMatchObject({ A: '1', B: 'two=words' });
    expect(JSON.stringify(config?.['docker.container.environment'])).toContain('$HOME ${X} $brooklyn:config');
    expect(config).not.toHaveProperty('docker.memory.swap');
  });

  it('names volumes and networks by what they are called on the host, and leaves those without a name to the container', () => {
    const mounts = [aMount({ name: 'data', target: '/data', readOnly: true }), aMount({ name: 'a'.repeat(64), target: '/cache' })];
    const networks = [{ name: 'edge', aliases: ['www', '01', '0123456789ab'], address: '10.5.0.9' }];
    const { root, errors } = camp(WEB, [aDescription({ name: 'web', mounts, networks, networkMode: 'edge' })]);
    expect(errors).toEqual([]);
    expect(root?.config).toEqual({ 'docker.networks': { edge: { external: 'edge' } }, 'docker.volumes': { data: { external: 'data' } } });
    expect(root?.hostAccess).toBe(true);
    expect(root?.children[0]?.config).toMatchObject({
      'docker.container.networks': [{ name: 'edge', aliases: ['www', '01'], address: '10.5.0.9' }],
      'docker.container.volumes': ['data:/data:ro', { target: '/cache' }],
    });
  });

  it.each<[string, Partial<ContainerDescription>, string]>([
    ['privileged', { privileged: true, securityOptions: ['label=disable'] }, 'host-access-allowed'],
    ['a folder of the host', { mounts: [aMount({ type: 'bind', source: '/srv', target: '/data' })] }, 'host-access-allowed'],
    [
      'the engine’s socket',
      { mounts: [aMount({ type: 'bind', source: '/var/run/docker.sock', target: '/s.sock' })] },
      'host-access-allowed',
    ],
    ['the network of its host', { networkMode: 'host' }, 'host-access-allowed'],
    ['devices', { devices: ['/dev/fuse:/dev/fuse:rwm'] }, 'host-access-allowed'],
    ['processes of its host', { pidMode: 'host' }, 'host-access-allowed'],
    ['the network of another container', { networkMode: 'container:abc' }, 'compose-unsupported'],
    ['links', { links: ['/db:/web/db'] }, 'compose-unsupported'],
    ['a GPU', { deviceRequests: 1 }, 'compose-dangerous'],
    ['another runtime', { runtime: 'sysbox' }, 'compose-dangerous'],
    ['part of a volume', { mounts: [aMount({ name: 'data', target: '/d', subpath: 'a' })] }, 'compose-unsupported'],
    ['a volume of Clocker', { mounts: [aMount({ name: 'ckv-plane-e-data', target: '/d' })] }, 'config-invalid'],
  ])('tells that it has %s', (_, fields, code) => {
    expect(camp(WEB, [aDescription({ name: 'web', ...fields })]).codes).toContain(code);
  });

  it('does not take for host access what every container has on a host with old cgroups', () => {
    const container = aDescription({ name: 'web', cgroupMode: 'host' });
    const compose = (cgroupVersion: string) => planAdoption(WEB, [container], { cgroupVersion }).compose;
    expect([compose('1').includes('cgroup'), compose('2').includes('cgroup: host')]).toEqual([false, true]);
  });

  it('reads back as the same values, whatever stands in its environment, command and labels', () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(word, word, word, (value, argument, label) => {
        const config = configOf({ env: [`A=${value}`], command: ['run', argument], labels: { note: label } });
        expect(literals(config?.['docker.container.environment'])).toEqual({ A: value });
        expect(literals(config?.['docker.image.commands'])).toEqual(['run', argument]);
        expect(literals(config?.['docker.container.labels'])).toEqual({ note: label });
      }),
      { numRuns: 200 },
    );
  });
});

/** A text that would be read as an expression stands in the plan as one that gives just that text. */
function literals(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const calls = 'calls' in value && Array.isArray(value.calls) ? (value.calls as { readonly args: readonly unknown[] }[]) : [];
  if (calls.length === 1) return calls[0]?.args[0];
  return Array.isArray(value) ? value.map(literals) : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, literals(item)]));
}

describe('the blueprint of a Compose project', () => {
  const member = (service: string, number: number, fields: Partial<ContainerDescription> = {}) => {
    const name = `blog-${service}-${number}`;
    const labels = composeLabels('blog', service, { 'com.docker.compose.container-number': String(number), ...fields.labels });
    const networks = [{ name: 'blog_default', aliases: [name, service, 'abc123'], address: '' }];
    return aDescription({ name, networks, networkMode: 'blog_default', ...fields, labels });
  };

  it('has a cluster for copies that are alike, with a row of ports where they have one', () => {
    const port = (host: number) => [{ container: 80, host, protocol: 'tcp' as const }];
    const copies = [2, 1].map((number) => member('web', number, { ports: port(8080 + number), fixedPorts: port(8080 + number) }));
    const { root, errors } = camp(BLOG, copies);
    expect(errors).toEqual([]);
    const [web] = root?.children ?? [];
    expect([web?.type, web?.planId, web?.config['cluster.initial.size']]).toEqual(['dynamic-cluster', 'web', 2]);
    expect(web?.memberSpec?.config['docker.container.portBindings']).toEqual(['8081-8082:80']);
    const { members } = planAdoption(BLOG, copies, { cgroupVersion: '2' });
    expect(members.map(({ container, service, slot }) => [container.name, service, slot])).toEqual([
      ['blog-web-1', 'web', 1],
      ['blog-web-2', 'web', 2],
    ]);
  });

  it('has services of their own for copies that differ, each found under the name of both', () => {
    const copies = [member('web', 1), member('web', 2, { env: ['A=2'] })];
    const { root } = camp(BLOG, copies);
    expect(root?.children.map(({ planId }) => planId)).toEqual(['web-1', 'web-2']);
    expect(root?.children[1]?.config['docker.container.networks']).toEqual([{ name: 'default', aliases: ['blog-web-2', 'web', 'abc123'] }]);
    const named = { networks: [{ name: 'blog_default', aliases: ['special'], address: '' }] };
    expect(camp(BLOG, [member('web', 1), member('web', 2, named)]).root?.children).toHaveLength(2);
    expect(saidOf(copies, BLOG)).toContain('info Containers of web differ, so that web-2 is a service of its own.');
  });

  it('waits as Compose did, also for the parts of a service that was parted', () => {
    const web = member('web', 1, {
      labels: { 'com.docker.compose.depends_on': 'db:service_healthy:true,cache:service_started:false,gone' },
    });
    const caches = [member('cache', 1), member('cache', 2, { env: ['A=2'] })];
    const { root, errors } = camp(BLOG, [web, member('db', 1), ...caches]);
    expect(errors).toEqual([]);
    expect(root?.children.find(({ planId }) => planId === 'web')?.dependsOn).toEqual([
      { on: 'db', condition: 'healthy', restart: true },
      { on: 'cache-1', condition: 'started' },
      { on: 'cache-2', condition: 'started' },
    ]);
  });

  it('leaves containers of “docker compose run” where they are, and says so', () => {
    const oneOff = member('web', 7, { labels: { 'com.docker.compose.oneoff': 'True' } });
    const { members, findings } = planAdoption(BLOG, [member('web', 1), oneOff], { cgroupVersion: '2' });
    expect(members).toHaveLength(1);
    expect(findings.filter(({ message }) => message.includes('still takes'))).toHaveLength(1);
    expect(findings.map(({ message }) => message)).toContain('blog-web-7 is of “docker compose run” and is left as it is.');
  });
});

describe('what is told before', () => {
  it.each<[Partial<ContainerDescription>, string]>([
    [{ labels: { 'io.clocker.plane': 'other' } }, 'error web: another installation of Clocker looks after it.'],
    [{ labels: { 'com.docker.swarm.service.name': 'x' } }, 'error web: Docker Swarm looks after it.'],
    [{ labels: { 'io.kubernetes.pod.name': 'x' } }, 'error web: Kubernetes looks after it.'],
    [{ labels: { 'io.clocker.lab.role': 'host' } }, 'error web: Clocker’s own lab looks after it.'],
    [{ status: 'paused' }, 'error web: it is paused: unpause it first.'],
    [{ status: 'restarting' }, 'error web: it ends and is started again over and over: mend it first.'],
    [{ status: 'dead' }, 'error web: it is dead.'],
    [{ status: 'created' }, 'error web: it was never started: start it first.'],
    [{ status: 'exited', exitCode: 1 }, 'error web: it does not run: start it first.'],
    [{ autoRemove: true }, 'error web: it was started with --rm, so that Docker removes it when it ends.'],
    [{ image: 'sha256:'.padEnd(71, 'a'), of: null }, 'error web: its image has no name, so that no other host could have it.'],
    [
      { mounts: [aMount({ name: 'b'.repeat(64), target: '/data' })] },
      'warning web: the volume at /data has no name; its data is lost when the container is made anew.',
    ],
    [
      { image: 'nginx', of: { ...aDescription({ name: 'x' }).of, names: ['nginx:1'] } as ContainerDescription['of'] },
      'warning web: nginx is another image by now than the one that it runs; it gets the new one when it is made anew.',
    ],
    [
      { labels: { 'com.docker.compose.project': 'blog' } },
      'warning web: it belongs to the Compose project blog, whose other containers stay as they are.',
    ],
    [{ restart: { name: 'always', most: 0 } }, 'info web: Docker restarts it by itself (always) until it is made anew.'],
    [
      { ports: [{ container: 80, host: 49_153, protocol: 'tcp' }] },
      'info web: Docker chose port 49153 for its 80; made anew it gets one of the cloud’s.',
    ],
  ])('says of %j why, or what changes', (fields, expected) => {
    expect(saidOf([aDescription({ name: 'web', ...fields })])).toContain(expected);
  });

  it('has nothing against a job that has done its work', () => {
    expect(saidOf([aDescription({ name: 'web', status: 'exited', exitCode: 0 })])).toEqual([]);
    expect(saidOf([aDescription({ name: 'web', status: 'exited', exitCode: 0, restart: { name: 'always', most: 0 } })])[0]).toContain(
      'start it first',
    );
  });
});

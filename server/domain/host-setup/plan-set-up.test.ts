import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeDaemonConfig } from './merge-daemon-config.ts';
import type { PackageManagerPlugin } from './package-manager.ts';
import { planSetUp } from './plan-set-up.ts';
import { describeMachine, parseSetUpFacts, type SetUpFacts } from './set-up-facts.ts';

const APT: PackageManagerPlugin = {
  id: 'apt',
  title: 'apt',
  aliases: [],
  command: 'apt-get',
  verified: true,
  install: 'true',
  timeoutMs: 1,
  failures: [],
};
const SETTINGS = { liveRestore: true };
const BARE: SetUpFacts = {
  os: 'debian',
  osName: 'Debian 12',
  architecture: 'x86_64',
  kernel: '6.1',
  init: 'systemd',
  packageCommands: ['apt-get'],
  user: 'root',
  groups: ['root'],
  isRoot: true,
  hasSudo: true,
  docker: 'missing',
  socket: 'missing',
  clockSeconds: null,
  liveRestore: null,
  swarm: false,
  freeBytes: 20 * 1024 ** 3,
  fileSystem: 'ext2/ext3',
  cgroup: '2',
  cpus: 2,
  memoryBytes: 1024 ** 3,
  daemonConfig: null,
};
const NO_LIMITS = { cpuLimit: null, memoryLimitBytes: null, memTotalBytes: null };
const kinds = (facts: Partial<SetUpFacts>) => {
  const plan = planSetUp({ ...BARE, ...facts }, [APT], SETTINGS);
  return plan.ok ? plan.steps.map(({ kind }) => kind) : plan.problem;
};
const done = mergeDaemonConfig(null, SETTINGS);
const CONFIGURED = done.ok ? done.text : null;

describe('setting a machine up', () => {
  it('configures, installs, starts and tries an engine on a bare machine', () => {
    expect(kinds({})).toEqual(['configure', 'install', 'start', 'verify']);
    expect(kinds({ user: 'ops', isRoot: false, groups: ['ops'] })).toEqual(['configure', 'install', 'start', 'group', 'verify']);
  });

  it('refuses a machine on which no container can run, and says where images will be slow', () => {
    expect(kinds({ cgroup: 'none' })).toMatch(/no control groups/);
    expect(kinds({ cgroup: 'none', docker: 'running', daemonConfig: CONFIGURED })).toEqual(['verify']);
    const notes = (fileSystem: string) => planSetUp({ ...BARE, fileSystem }, [APT], SETTINGS);
    expect(notes('overlayfs')).toMatchObject({ notes: [expect.stringMatching(/overlayfs.*volume/)] });
    expect(notes('xfs')).toMatchObject({ notes: [] });
  });

  it('changes nothing where all is done', () => {
    expect(kinds({ docker: 'running', daemonConfig: CONFIGURED })).toEqual(['verify']);
  });

  it('lets an engine take up what a set-up that broke off has written', () => {
    expect(kinds({ docker: 'running', liveRestore: false, daemonConfig: CONFIGURED })).toEqual(['reload', 'verify']);
    expect(kinds({ docker: 'running', liveRestore: true, daemonConfig: CONFIGURED })).toEqual(['verify']);
  });

  it('gives no live-restore to an engine of a Swarm, which would not start with it', () => {
    const plan = planSetUp({ ...BARE, docker: 'running', liveRestore: false, swarm: true }, [APT], SETTINGS);
    const configure = plan.ok && plan.steps.find((step) => step.kind === 'configure');
    expect(configure && JSON.parse(configure.text)).toEqual({ 'log-opts': { 'max-size': '10m', 'max-file': '3' } });
  });

  it('never restarts an engine that runs', () => {
    expect(kinds({ docker: 'running' })).toEqual(['configure', 'reload', 'verify']);
  });

  it.each([
    [{ isRoot: false, hasSudo: false, user: 'ops' }, 'sudo asks for a password'],
    [{ packageCommands: ['zypper'] }, 'only zypper'],
    [{ freeBytes: 1024 ** 3 }, '1.0 GiB are free'],
    [{ init: 'none' as const }, 'no init system'],
    [{ daemonConfig: '{"live-restore": ' }, 'no JSON object'],
  ])('refuses %j, and says why', (facts, problem) => {
    expect(kinds(facts)).toContain(problem);
  });
});

describe('a daemon.json', () => {
  it('keeps what is there, and says what it keeps', () => {
    const before = JSON.stringify({ 'live-restore': false, 'log-driver': 'journald', dns: ['10.0.0.1'], 'registry-mirrors': ['http://a'] });
    const merged = mergeDaemonConfig(before, { liveRestore: true, registryMirrors: ['http://a', 'http://b'] });
    expect(merged).toMatchObject({ ok: true, kept: ['live-restore is off'], changes: ['registry-mirrors: http://b'] });
    expect(merged.ok && JSON.parse(merged.text ?? '')).toEqual({
      'live-restore': false,
      'log-driver': 'journald',
      dns: ['10.0.0.1'],
      'registry-mirrors': ['http://a', 'http://b'],
    });
  });

  it('keeps what should be a list and is none', () => {
    const merged = mergeDaemonConfig('{"insecure-registries":"10.0.0.1:5000"}', {
      liveRestore: false,
      insecureRegistries: ['10.0.0.2:5000'],
    });
    expect(merged).toMatchObject({ ok: true, kept: ['insecure-registries'] });
    expect(merged.ok && JSON.parse(merged.text ?? '')).toMatchObject({ 'insecure-registries': '10.0.0.1:5000' });
  });

  it('loses no key, and is changed only once', () => {
    const key = fc.constantFrom('live-restore', 'log-driver', 'log-opts', 'dns', 'registry-mirrors', 'bip', 'x');
    fc.assert(
      fc.property(fc.dictionary(key, fc.jsonValue()), fc.boolean(), (config, liveRestore) => {
        const settings = { liveRestore, registryMirrors: ['http://mirror'] };
        const first = mergeDaemonConfig(JSON.stringify(config), settings);
        if (!first.ok) throw new Error(first.problem);
        const after = first.text ?? JSON.stringify(config);
        const kept = Object.entries(config).filter(
          ([name, value]) => name !== 'registry-mirrors' || (value !== null && !Array.isArray(value)),
        );
        expect(JSON.parse(after)).toMatchObject(JSON.parse(JSON.stringify(Object.fromEntries(kept))));
        expect(mergeDaemonConfig(after, settings)).toMatchObject({ ok: true, text: null });
      }),
    );
  });
});

it('reads what the facts script says, and takes what it does not say for unknown', () => {
  const output =
    'os=debian\nosName=Debian GNU/Linux 12\nuid=0\ndocker=running\nliveRestore=false\nswarm=yes\nsocket=denied\nclock=1700000000\nfreeKiB=100\nfileSystem=xfs\ncgroup=1\ncpus=8\npackages= apt-get\nconfig=e30=\n';
  const limits = { cpuLimit: 1.5, memoryLimitBytes: 512 * 1024 ** 2, memTotalBytes: 8 * 1024 ** 3 };
  const facts = parseSetUpFacts(output, limits, (text) => Buffer.from(text, 'base64').toString());
  expect(facts).toMatchObject({
    os: 'debian',
    isRoot: true,
    docker: 'running',
    liveRestore: false,
    swarm: true,
    socket: 'denied',
    clockSeconds: 1_700_000_000,
    freeBytes: 102_400,
    daemonConfig: '{}',
    init: 'none',
    fileSystem: 'xfs',
    cgroup: '1',
    cpus: 1.5,
    memoryBytes: 512 * 1024 ** 2,
  });
  expect(describeMachine({ ...facts, architecture: 'x86_64', kernel: '6.1' })).toBe(
    'Debian GNU/Linux 12, x86_64, Linux 6.1, none, cgroup v1, 1.5 CPUs, 0.5 GiB of memory, xfs, Docker Engine running',
  );
  expect(parseSetUpFacts('', NO_LIMITS, String)).toMatchObject({
    os: 'unknown',
    docker: 'missing',
    hasSudo: false,
    liveRestore: null,
    swarm: false,
    memoryBytes: 0,
    daemonConfig: null,
  });
});

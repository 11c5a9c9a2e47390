import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { TaskCause } from '../domain/entity/task.ts';
import type { ApplicationId } from '../domain/shared/ids.ts';
import { type EmptyWorld, openEmptyWorld } from '../testing/empty-world.ts';
import { type RealSshd, startRealSshd } from '../testing/real-sshd.ts';
import { deleteApplication } from './commands/delete-application.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { restartEntity, startEntity, stopEntity } from './commands/entity-effectors.ts';
import { createCredential } from './commands/hosts/create-credential.ts';
import { updateApplication } from './commands/update-application.ts';

const MINUTE = 60_000;
const USER: TaskCause = { kind: 'user', by: 'ann' };

let world: EmptyWorld;
let sshd: RealSshd;
let base: string;
let application: ApplicationId;

function blueprint({ word = 'one', launch = 'first' } = {}): string {
  const { user, port } = sshd.target;
  return `
name: Machine
services:
- type: vanilla-process
  id: p
  name: Sleeper
  location: localhost:(port=${port},user=${user},credential=own)
  brooklyn.config:
    onbox.base.dir: ${base}/processes
    softwareProcess.serviceProcessIsRunningPollPeriod: 1s
    shell.env: { WORD: ${word}, DEEP: { a: [1] } }
    install.version: 1.5
    install.command: echo ${word} >> ${base}/installs
    files.customize: { "data:,it's%20$HOME": texts/plain.txt }
    templates.runtime: { "data:,version%20\${config['install.version']}%20of%20\${who}": ${base}/filled.txt }
    template.substitutions: { who: somebody }
    latch.launch: $brooklyn:component("gate").attributeWhenReady("service.isUp")
    launch.command: |
      echo "${launch} $DEEP" >> ${base}/launches
      sleep 1000 & echo $! > "$PID_FILE"
- type: empty-process
  id: gate
  name: Gate
  location: byon:(hosts="${user}@localhost:${port}",credential=own,trustOnFirstUse=true)
  brooklyn.config: { onbox.base.dir: ${base}/gate }
`;
}

function entity(): Entity {
  const found = world.store.view.entitiesOf(application).find(({ planId }) => planId === 'p');
  if (!found) throw new Error('no process');
  return found;
}

function instance() {
  const { instanceId } = entity();
  return instanceId ? world.store.view.get('instance', instanceId) : undefined;
}

/** A dead one may wait there for its parent. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

async function lines(name: string): Promise<readonly string[]> {
  const text = await readFile(path.join(base, name), 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '');
}

async function up(isOther: number | null | undefined = undefined): Promise<number> {
  await vi.waitFor(
    () => {
      const now = instance();
      const { actual, problems, waitingFor } = entity();
      const state = `${actual} ${Object.values(problems).join('; ')} ${waitingFor ?? ''} ${now?.process?.phase} ${now?.ready}`;
      expect(state).toMatch(/^RUNNING {3}check true/);
      expect(now?.process?.pid).not.toBe(isOther);
    },
    { timeout: 30_000, interval: 50 },
  );
  return instance()?.process?.pid ?? 0;
}

describe('software on a machine of its own', () => {
  beforeAll(async () => {
    base = await mkdtemp(path.join(tmpdir(), 'clocker-software-'));
    sshd = await startRealSshd();
    world = await openEmptyWorld({ env: process.env });
    await createCredential(world.engine.context, { name: 'own', privateKey: sshd.target.privateKey });
  }, MINUTE);

  afterAll(async () => {
    await world.close();
    await sshd.stop();
    await rm(base, { recursive: true, force: true });
  }, MINUTE);

  it('is refused, with nothing written, where a container is to run on it, or where there is no such place', async () => {
    const deploy = (text: string) => deployApplication(world.engine.context, USER, { text });
    const onMachine = `services: [{ type: "docker:busybox:1.35", id: c, name: Box, location: "localhost:(credential=own)" }]`;
    await expect(deploy(onMachine)).rejects.toMatchObject({ code: expect.stringMatching(/^(?:input|blueprint).invalid$/) });
    const mixed = `location: "localhost:(credential=own)"\nservices: [{ type: vanilla-process }, { type: "docker:busybox:1.35", name: Box }]`;
    await expect(deploy(mixed)).rejects.toMatchObject({ code: 'input.invalid', message: expect.stringContaining('Box is a container') });
    const nowhere = 'services: [{ type: vanilla-process, name: P, location: nowhere }]';
    await expect(deploy(nowhere)).rejects.toMatchObject({ code: 'input.invalid', message: expect.stringContaining('“nowhere”') });
    expect(world.store.view.all('application').size).toBe(0);
  });

  it('is installed and launched over one connection', async () => {
    application = (await deployApplication(world.engine.context, USER, { text: blueprint() })).applicationId;
    await up();
    expect([await lines('installs'), await lines('launches')]).toEqual([['one'], ['first {"a":[1]}']]);
    expect(entity().sensors).toMatchObject({ 'host.address': '127.0.0.1', 'service.process.isRunning': true });
    expect(await readFile(path.join(instance()?.spec.process?.place.runDir ?? '', 'texts/plain.txt'), 'utf8')).toBe("it's $HOME");
    expect(await readFile(path.join(base, 'filled.txt'), 'utf8')).toBe('version 1.5 of somebody');
    const dials = world.engine.context.hosts.ready(instance()?.hostId as never)?.dials;
    expect(dials).toBe(1);
  });

  it('is launched again when it was killed, with the reason told meanwhile', async () => {
    const pid = await up();
    const reasons: string[] = [];
    const stop = world.store.subscribe(() => {
      const reason = entity().problems.process;
      if (reason !== undefined && reasons.at(-1) !== reason) reasons.push(reason);
    });
    process.kill(pid, 'SIGKILL');
    await up(pid);
    stop();
    expect(reasons).toEqual([`Its process ${pid} has ended`]);
    expect([(await lines('installs')).length, (await lines('launches')).length]).toEqual([1, 2]);
  });

  it('is stopped, started and restarted without an install', async () => {
    const pid = await up();
    await stopEntity(world.engine.context, USER, { entityId: entity().id });
    await vi.waitFor(() => expect(entity().actual).toBe('STOPPED'), { timeout: 20_000 });
    expect(isAlive(pid)).toBe(false);
    await startEntity(world.engine.context, USER, { entityId: entity().id });
    const second = await up(pid);
    await restartEntity(world.engine.context, USER, { entityId: entity().id });
    await up(second);
    expect(isAlive(second)).toBe(false);
    expect([(await lines('installs')).length, (await lines('launches')).length]).toEqual([1, 4]);
  });

  it('is launched anew for another launch command, and installed anew for another install', async () => {
    const { context } = world.engine;
    const pid = await up();
    const update = async (text: string): Promise<void> => {
      const expectedGeneration = world.store.view.get('application', application)?.generation ?? 0;
      await updateApplication(context, USER, { applicationId: application, text, expectedGeneration });
    };
    await update(blueprint({ launch: 'second' }));
    const second = await up(pid);
    expect([await lines('installs'), (await lines('launches')).at(-1)]).toEqual([['one'], 'second {"a":[1]}']);
    await update(blueprint({ word: 'two', launch: 'second' }));
    await up(second);
    expect(await lines('installs')).toEqual(['one', 'two']);
    await vi.waitFor(() => expect(world.store.view.instancesOf(entity().id)).toHaveLength(1), { timeout: 5_000 });
  });

  it('says what went wrong in an install, and is what it was before once the update is taken back', async () => {
    const { context } = world.engine;
    const reasons = new Set<string | undefined>();
    const stop = world.store.subscribe(() => reasons.add(entity().problems.process));
    const text = blueprint({ word: 'three; echo broken >&2; exit 7' });
    await updateApplication(context, USER, { applicationId: application, text, expectedGeneration: 3 });
    await vi.waitFor(() => expect([...world.store.view.all('rollout').values()].at(-1)?.state).toBe('reverted'), { timeout: 30_000 });
    await up();
    stop();
    expect([...reasons].join('; ')).toContain('Install: install-command ended with exit code 7: broken');
    expect((await lines('installs')).at(-1)).toBe('two');
  });

  it('leaves nothing that it made on the machine', async () => {
    await deleteApplication(world.engine.context, USER, { applicationId: application, removeVolumes: false });
    await vi.waitFor(() => expect(world.store.view.get('application', application)).toBeUndefined(), { timeout: 20_000 });
    expect(existsSync(path.join(base, 'processes'))).toBe(false);
    expect([...world.store.view.all('host').values()]).toEqual([]);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import type { Entity } from '../domain/entity/entity.ts';
import type { Task, TaskCause } from '../domain/entity/task.ts';
import { ClockerError } from '../domain/shared/clocker-error.ts';
import type { TaskId } from '../domain/shared/ids.ts';
import type { ExecOptions, ExecResult } from '../ports/docker-engine.ts';
import type { NetworkAnswer, NetworkProbe } from '../ports/prober.ts';
import { CLOUD, type EngineFixture, openEngineFixture } from '../testing/engine-fixture.ts';
import { cancelTask } from './commands/cancel-task.ts';
import { deployApplication } from './commands/deploy-application.ts';
import { invokeEffector } from './commands/invoke-effector.ts';
import { effectorsOf } from './effectors/added-effectors.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;
const ran: ExecOptions[] = [];
const asked: NetworkProbe[] = [];

afterEach(async () => {
  ran.length = 0;
  asked.length = 0;
  await fixture.stop();
});

interface Given {
  readonly commands?: (options: ExecOptions) => Partial<ExecResult>;
  readonly answers?: (probe: NetworkProbe) => object;
}

async function deploy(services: string, { commands = () => ({}), answers = () => ({}) }: Given = {}): Promise<void> {
  fixture = await openEngineFixture({
    hosts: 1,
    prober: {
      async ask(probe) {
        asked.push(probe);
        return { at: 0, tookMs: 1, ...answers(probe) } as NetworkAnswer;
      },
    },
  });
  for (const machine of fixture.machines) {
    machine.commands = (_, options) => {
      ran.push(options);
      return commands(options);
    };
  }
  await deployApplication(fixture.engine.context, USER, { text: `name: shop\nlocation: ${CLOUD}\nservices:\n${services}` });
  await fixture.pass(5_000);
}

const web = (...initializers: readonly string[]) => `- type: docker:web:1
  id: web
  brooklyn.initializers:
${initializers.map((each) => `  - ${each}`).join('\n')}
`;

function entity(planId = 'web'): Entity {
  const found = [...fixture.store.view.all('entity').values()].find((one) => one.planId === planId);
  if (!found) throw new Error(`no ${planId}`);
  return found;
}

async function call(effector: string, parameters: object = {}, more: { planId?: string; taskId?: TaskId } = {}): Promise<Task> {
  const { planId, ...given } = more;
  const { taskId } = await invokeEffector(fixture.engine.context, USER, { entityId: entity(planId).id, effector, parameters, ...given });
  await fixture.pass(5_000);
  return taskOf(taskId);
}

function taskOf(taskId: TaskId): Task {
  const task = fixture.store.view.get('task', taskId);
  if (!task) throw new Error('no such task');
  return task;
}

async function linesOf({ id }: Task): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const { stream, text } of fixture.engine.context.tasks.follow(id, new AbortController().signal))
    lines.push(`${stream} ${text}`);
  return lines;
}

const BACKUP = `{ type: ssh-command-effector, name: backup, description: Keep a copy, command: 'tar "$WHERE"', executionDir: /srv,
      env: { LEVEL: 9 }, parameters: { WHERE: { description: Folder, defaultValue: /data }, copies: { type: integer }, fast: { type: boolean, defaultValue: "true" } } }`;

describe('a command effector', () => {
  it('is among what the entity can be asked to do, with the schema of its parameters', async () => {
    await deploy(web(BACKUP));
    const all = effectorsOf(fixture.engine.context, entity());
    expect(all.map(({ name }) => name)).toEqual(['start', 'stop', 'restart', 'backup']);
    const { parameters, description } = all.at(-1) ?? {};
    expect([description, parameters?.parse({})]).toEqual(['Keep a copy', { WHERE: '/data', fast: true }]);
  });

  it('runs where the entity runs, its parameters as variables, its output in the task and as its result', async () => {
    await deploy(web(BACKUP), { commands: () => ({ stdout: 'one\ntwo\n', stderr: 'careful\n' }) });
    const task = await call('backup', { copies: '3' });
    expect(task).toMatchObject({ name: 'Call backup of web', status: 'done', result: 'one\ntwo', cause: USER });
    expect(ran[0]?.env).toEqual({ LEVEL: '9', WHERE: '/data', copies: '3', fast: 'true', CLOCKER_FOLDER: '/srv' });
    expect(await linesOf(task)).toEqual(['stdout one', 'stdout two', 'stderr careful']);
  });

  it('fails with its exit code, and what it wrote is kept', async () => {
    await deploy(web(BACKUP), { commands: () => ({ code: 2, stderr: 'disk full' }) });
    const task = await call('backup');
    expect(task).toMatchObject({ status: 'failed', error: { message: 'backup of web has failed: the command ended with exit code 2' } });
    expect(await linesOf(task)).toContain('stderr disk full');
  });

  it.each([
    [{ copies: 'many' }, 'copies'],
    [{ nonsense: 1 }, 'nonsense'],
  ])('refuses %j', async (parameters, why) => {
    await deploy(web(BACKUP));
    await expect(call('backup', parameters)).rejects.toMatchObject({ code: 'input.invalid', message: expect.stringContaining(why) });
    expect(ran).toEqual([]);
  });

  it('called twice by one id runs once, whatever crashes', async () => {
    await deploy(web(BACKUP));
    const taskId = 'task-1' as TaskId;
    await call('backup', {}, { taskId });
    await fixture.crash();
    await fixture.pass(5_000);
    expect((await call('backup', {}, { taskId })).status).toBe('done');
    expect(ran).toHaveLength(1);
  });

  it('runs at each member where it is told to', async () => {
    await deploy(
      `- type: cluster
  id: pool
  initialSize: 2
  memberSpec: { type: 'docker:web:1' }
  brooklyn.initializers:
  - { type: ssh-command-effector, name: flush, command: sync, executionTarget: MEMBERS }
`,
      { commands: () => ({ stdout: 'ok' }) },
    );
    expect(await call('flush', {}, { planId: 'pool' })).toMatchObject({ status: 'done', result: ['ok', 'ok'] });
    expect(ran).toHaveLength(2);
  });

  it('is ended when it is cancelled', async () => {
    await deploy(web(BACKUP));
    const [machine] = fixture.machines;
    if (!machine) throw new Error('no machine');
    machine.commands = () => {
      throw new ClockerError('cancelled', { message: 'was cancelled' });
    };
    const { taskId } = await invokeEffector(fixture.engine.context, USER, { entityId: entity().id, effector: 'backup', parameters: {} });
    await cancelTask(fixture.engine.context, { taskId });
    await fixture.pass(1_000);
    expect(taskOf(taskId)).toMatchObject({ status: 'cancelled' });
  });

  it('waits for nothing: where no container runs it says so', async () => {
    await deploy(web(BACKUP));
    await call('stop');
    expect(await call('backup')).toMatchObject({
      status: 'failed',
      error: { message: expect.stringContaining('the container of web does not run') },
    });
  });
});

describe('an HTTP effector', () => {
  it('sends its parameters, and leaves sensors', async () => {
    await deploy(
      web(
        '{ type: http-command-effector, name: open, uri: "http://gate/", httpVerb: POST, parameters: { gate: { type: integer } }, jsonPath: $.id, publishSensor: last.gate, jsonPathAndSensors: { $.left: gates.left } }',
      ),
      { answers: () => ({ kind: 'http', status: 201, headers: {}, body: '{"id": "g7", "left": 4}' }) },
    );
    expect(await call('open', { gate: 7 })).toMatchObject({ status: 'done', result: 'g7' });
    expect(asked).toMatchObject([{ method: 'POST', body: '{"gate":7}', headers: { 'content-type': 'application/json' } }]);
    expect(entity().sensors).toMatchObject({ 'last.gate': 'g7', 'gates.left': 4 });
  });
});

describe('effectors that call others', () => {
  const ECHO = (name: string) => `{ type: ssh-command-effector, name: ${name}, command: echo ${name} }`;

  it('call them one after the other, as tasks below their own, and stop at the first that fails', async () => {
    await deploy(web(ECHO('one'), ECHO('two'), ECHO('three'), '{ type: composite-effector, name: all, effectors: [one, two, three] }'), {
      commands: ({ stdin }) => (stdin?.includes('two') ? { code: 1 } : {}),
    });
    const task = await call('all');
    expect(task).toMatchObject({ status: 'failed', error: { message: expect.stringContaining('two of web has failed') } });
    const below = [...fixture.store.view.all('task').values()].filter(({ parentId }) => parentId === task.id);
    expect(below.map(({ name, status }) => [name, status])).toEqual([
      ['Call one of web', 'done'],
      ['Call two of web', 'failed'],
    ]);
  });

  it('may take the place of one that they call themselves, and never go round', async () => {
    await deploy(
      web(
        ECHO('warn'),
        '{ type: composite-effector, name: restart, override: true, effectors: [warn, restart] }',
        '{ type: composite-effector, name: loop, effectors: [loop] }',
      ),
    );
    const { restartSerial } = entity();
    expect(await call('restart')).toMatchObject({ status: 'done' });
    await fixture.pass(20_000);
    expect([ran.length, entity().restartSerial]).toEqual([1, restartSerial + 1]);
    expect(await call('loop')).toMatchObject({ status: 'failed', error: { message: expect.stringContaining('has no effector loop') } });
  });

  it('call those of another entity, or of all children so many at a time', async () => {
    await deploy(`${web(ECHO('hello'))}- type: docker:web:1
  id: front
  brooklyn.initializers:
  - { type: proxy-effector, name: hello, targetEntity: $brooklyn:component("web") }
- type: cluster
  id: pool
  initialSize: 3
  memberSpec: { type: 'docker:web:1', brooklyn.initializers: [${ECHO('hello')}] }
  brooklyn.initializers:
  - { type: children-batch-effector, name: greet, effectorToInvoke: hello, batchSize: 2, failOnEffectorFailure: true }
  - { type: children-batch-effector, name: none, effectorToInvoke: nothing }
`);
    expect(await call('hello', {}, { planId: 'front' })).toMatchObject({ status: 'done' });
    expect(ran).toHaveLength(1);
    expect(await call('greet', {}, { planId: 'pool' })).toMatchObject({ status: 'done' });
    expect(ran).toHaveLength(4);
    expect(await call('none', {}, { planId: 'pool' })).toMatchObject({ status: 'done' });
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import type { Entity } from '../../domain/entity/entity.ts';
import type { TaskCause } from '../../domain/entity/task.ts';
import type { HostSession } from '../../ports/host-session.ts';
import { shopBlueprint } from '../../testing/engine-blueprints.ts';
import { type EngineFixture, openEngineFixture } from '../../testing/engine-fixture.ts';
import { deployApplication } from '../commands/deploy-application.ts';
import { resizeEntity } from '../commands/entity-effectors.ts';
import type { EngineContext } from '../engine-context.ts';
import { type EntityLogLine, followEntityLogs } from './entity-logs.ts';

const USER: TaskCause = { kind: 'user', by: 'ann' };
let fixture: EngineFixture;

afterEach(() => fixture.stop());

/** Containers print what `say` says, by the name of their entity; `silent` are on hosts that are away. */
function speakers() {
  const printed = new Map<string, { at: string; text: string }[]>();
  const silent = new Set<string>();
  const linesOf = (entity: string) => {
    const lines = printed.get(entity) ?? [];
    printed.set(entity, lines);
    return lines;
  };
  const entityOf = (containerId: string): string => {
    const instance = [...fixture.store.view.all('instance').values()].find((one) => one.containerId === containerId);
    return fixture.store.view.get('entity', instance?.entityId ?? '')?.name ?? '';
  };
  async function* logs(containerId: string, { follow, tail, signal }: { follow: boolean; tail: number; signal?: AbortSignal }) {
    const mine = linesOf(entityOf(containerId));
    for (let n = Math.max(0, mine.length - tail); !signal?.aborted; ) {
      const line = mine[n];
      if (line) {
        n += 1;
        yield { stream: 'stdout' as const, ...line };
      } else if (follow) await new Promise<void>((resolve) => setImmediate(resolve));
      else return;
    }
  }
  const context: EngineContext = {
    ...fixture.engine.context,
    hosts: {
      ...fixture.engine.context.hosts,
      ready: (hostId) => (silent.has(hostId) ? undefined : ({ engine: { logs } } as unknown as HostSession)),
    },
  };
  return {
    context,
    silent,
    say(entity: string, second: number, text: string) {
      const at = `2026-01-01T00:00:${String(second).padStart(2, '0')}.000000000Z`;
      linesOf(entity).push({ at, text });
    },
  };
}

async function shop(size: number): Promise<Entity> {
  fixture = await openEngineFixture();
  const { applicationId } = await deployApplication(fixture.engine.context, USER, { text: shopBlueprint({ size }) });
  await fixture.pass(10_000);
  const web = fixture.store.view.entitiesOf(applicationId).find((one) => one.planId === 'web' && one.slot === null);
  if (!web) throw new Error('no cluster');
  return web;
}

function membersOf(web: Entity): readonly Entity[] {
  return [...fixture.store.view.childrenOf(web.id)].sort((a, b) => (a.slot ?? 0) - (b.slot ?? 0));
}

async function all(lines: AsyncIterable<EntityLogLine>): Promise<readonly EntityLogLine[]> {
  const found: EntityLogLine[] = [];
  for await (const line of lines) found.push(line);
  return found;
}

describe('followEntityLogs', () => {
  it('gives the last lines of all members in the order of their times, each with its member', async () => {
    const web = await shop(2);
    const [one, two] = membersOf(web).map((member) => member.name);
    const { context, say } = speakers();
    for (const second of [1, 3, 5]) say(one ?? '', second, `a${second}`);
    for (const second of [2, 4, 6]) say(two ?? '', second, `b${second}`);
    const ask = { entityId: web.id, tail: 4, follow: false, signal: new AbortController().signal };
    const lines = await all(followEntityLogs(context, ask));
    expect(lines.map(({ entity, text }) => [entity, text])).toEqual([
      [one, 'a3'],
      [two, 'b4'],
      [one, 'a5'],
      [two, 'b6'],
    ]);
  });

  it('reads all of an application, and says whose lines are missing', async () => {
    const web = await shop(2);
    const { context, say, silent } = speakers();
    const [one, two] = membersOf(web);
    say(one?.name ?? '', 1, 'here');
    const away = fixture.store.view.instancesOf(two?.id ?? '')[0]?.hostId ?? '';
    silent.add(away);
    const root = fixture.store.view.get('entity', web.parentId ?? '');
    const ask = { entityId: root?.id ?? web.id, tail: 100, follow: false, signal: new AbortController().signal };
    const lines = await all(followEntityLogs(context, ask));
    expect(lines.filter((line) => !line.marker).map(({ text }) => text)).toEqual(['here']);
    expect(lines.filter((line) => line.marker).map(({ entity }) => entity)).toContain(two?.name);
  });

  it('follows all members in order, and one that joins later', async () => {
    const web = await shop(2);
    const [one, two] = membersOf(web).map((member) => member.name);
    const { context, say } = speakers();
    const abort = new AbortController();
    const got: string[] = [];
    const following = (async () => {
      const ask = { entityId: web.id, tail: 10, follow: true, signal: abort.signal };
      for await (const line of followEntityLogs(context, ask)) if (!line.marker) got.push(`${line.entity}: ${line.text}`);
    })();
    say(one ?? '', 1, 'old');
    await fixture.pass(2_000);
    say(two ?? '', 9, 'later');
    say(one ?? '', 8, 'sooner');
    await fixture.pass(2_000);
    expect(got).toEqual([`${one}: old`, `${one}: sooner`, `${two}: later`]);
    await resizeEntity(fixture.engine.context, USER, { entityId: web.id, size: 3 });
    await fixture.pass(10_000);
    const three = membersOf(web)[2]?.name ?? '';
    say(three, 20, 'new here');
    await fixture.pass(2_000);
    expect(got.at(-1)).toBe(`${three}: new here`);
    abort.abort();
    await fixture.pass(1_000);
    await following;
  });
});

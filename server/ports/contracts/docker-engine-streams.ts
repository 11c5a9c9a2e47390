import { describe, expect, it } from 'vitest';
import type { EngineEvent, LogLine } from '../docker-engine.ts';
import { collect } from './collect.ts';
import type { EngineFixture } from './engine-fixture.ts';

/** Logs and events. */
export function describeStreams(fixture: () => EngineFixture): void {
  const texts = (lines: readonly LogLine[]): readonly string[] => lines.map(({ text }) => text);

  describe('logs', () => {
    it('have a time and a stream on every line', async () => {
      const { engine, running } = fixture();
      const id = await running({ command: ['sh', '-c', 'echo out; sleep 0.2; echo err >&2; sleep 0.2; printf "no end"'] });
      const lines = await collect(engine.logs(id, { follow: true, tail: 10 }));
      expect(lines.map(({ stream, text }) => [stream, text])).toEqual([
        ['stdout', 'out'],
        ['stderr', 'err'],
        ['stdout', 'no end'],
      ]);
      expect(lines.every(({ at }) => /^\d{4}-\d\d-\d\dT[\d:]+\.\d{9}Z$/.test(at))).toBe(true);
    });

    it('begin where asked', async () => {
      const { engine, running } = fixture();
      const id = await running({ command: ['sh', '-c', 'echo 1; echo 2; sleep 1.2; echo 3; echo 4'] });
      const all = await collect(engine.logs(id, { follow: true, tail: 10 }));
      expect(texts(all)).toEqual(['1', '2', '3', '4']);
      expect(texts(await collect(engine.logs(id, { follow: false, tail: 3 })))).toEqual(['2', '3', '4']);
      const sinceMs = Date.parse(all[2]?.at ?? '') - 500;
      expect(texts(await collect(engine.logs(id, { follow: false, tail: 10, sinceMs })))).toEqual(['3', '4']);
    });

    it('keep long lines whole', async () => {
      const { engine, running } = fixture();
      const id = await running({ command: ['sh', '-c', 'head -c 50000 /dev/zero | tr "\\0" x; echo; echo next'] });
      const lines = await collect(engine.logs(id, { follow: true, tail: 10 }));
      expect(lines.map(({ text }) => [text.length, new Set(text).size])).toEqual([
        [50_000, 1],
        [4, 4],
      ]);
    });

    it('wait for a reader that is slow and let one go that leaves', async () => {
      const { engine, running } = fixture();
      const id = await running({ command: ['sh', '-c', 'i=0; while [ $i -lt 20000 ]; do echo "line number $i"; i=$((i+1)); done'] });
      let count = 0;
      for await (const line of engine.logs(id, { follow: true, tail: 20_000 })) {
        if (count % 5_000 === 0) await new Promise((resolve) => setTimeout(resolve, 50));
        expect(line.text).toBe(`line number ${count}`);
        count += 1;
      }
      expect(count).toBe(20_000);
      for await (const line of engine.logs(id, { follow: false, tail: 20_000 })) if (line.text.endsWith(' 9')) break;
      await engine.ping();
    });

    it('end with an error when the caller gives up or there is no such container', async () => {
      const { engine, running, name } = fixture();
      const abort = new AbortController();
      const reading = collect(engine.logs(await running(), { follow: true, tail: 1, signal: abort.signal }));
      setTimeout(() => abort.abort(), 200);
      await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
      await expect(collect(engine.logs(name(), { follow: false, tail: 1 }))).rejects.toMatchObject({ code: 'not-found' });
    });
  });

  describe('events', () => {
    it('tell the life of a container, and once more from any point of it', async () => {
      const { engine, request } = fixture();
      const asked = request({ labels: { mine: 'yes' }, command: ['sh', '-c', 'sleep 0.1; exit 5'] });
      const seen: EngineEvent[] = [];
      const abort = new AbortController();
      const following = follow(engine.events({ sinceNs: null, signal: abort.signal }), (event) => {
        if (event.attributes.name === asked.name) seen.push(event);
        return event.attributes.name === asked.name && event.action === 'destroy';
      });
      const { containerId } = await engine.createContainer(asked);
      await engine.startContainer(containerId);
      await collect(engine.logs(containerId, { follow: true, tail: 1 }));
      await engine.removeContainer(containerId);
      await following;
      expect(seen.map(({ action }) => action)).toEqual(['create', 'start', 'die', 'destroy']);
      expect(seen[2]).toMatchObject({ type: 'container', actorId: containerId, attributes: { exitCode: '5', mine: 'yes' } });

      const again: string[] = [];
      await follow(engine.events({ sinceNs: seen[1]?.timeNs ?? '0', signal: abort.signal }), (event) => {
        if (event.attributes.name === asked.name) again.push(event.action);
        return event.action === 'destroy' && event.actorId === containerId;
      });
      // The one whose time is given was handed on before.
      expect(again).toEqual(['die', 'destroy']);
    });

    it('end with an error when the caller gives up', async () => {
      const { engine } = fixture();
      const abort = new AbortController();
      const reading = follow(engine.events({ sinceNs: null, signal: abort.signal }), () => false);
      setTimeout(() => abort.abort(), 200);
      await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    });
  });
}

async function follow(events: AsyncIterable<EngineEvent>, isLast: (event: EngineEvent) => boolean): Promise<void> {
  for await (const event of events) if (isLast(event)) return;
}

import { execFileSync } from 'node:child_process';
import { mkdtemp, open, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { quietLog } from '../../testing/quiet-log.ts';
import { aLease } from '../../testing/records.ts';
import { createSystemClock } from '../clock/system-clock.ts';
import { createStore, type OpenStore } from './create-store.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'clocker-files-'));
});
afterEach(() => rm(directory, { recursive: true }));

function openStore(): Promise<OpenStore> {
  return createStore({ path: directory, log: quietLog(), clock: createSystemClock() });
}

async function filled(): Promise<string> {
  const { store, close } = await openStore();
  await store.commit((draft) => {
    for (let n = 0; n < 500; n += 1) draft.put('lease', aLease(`port:${n}`, 'x'.repeat(400)));
  });
  await close();
  return path.join(directory, 'clocker.db');
}

it('refuses a damaged database and leaves it as it is', async () => {
  const file = await filled();
  const handle = await open(file, 'r+');
  for (let page = 2; page < 20; page += 1) await handle.write(Buffer.alloc(2000, 0x5a), 0, 2000, page * 4096 + 8);
  await handle.close();
  const { size } = await stat(file);
  await expect(openStore()).rejects.toMatchObject({ code: 'store.corrupt', message: expect.stringContaining(file) });
  expect((await stat(file)).size).toBe(size);
});

it('refuses a file that is no database', async () => {
  const file = await filled();
  await writeFile(file, 'This is a letter, not a database.'.repeat(200));
  await expect(openStore()).rejects.toMatchObject({ code: 'store.corrupt' });
});

it.each(['removed', 'emptied'] as const)('never welcomes the operator of a plane whose database was %s as a new one', async (fate) => {
  const file = await filled();
  if (fate === 'removed') await rm(file);
  else await truncate(file, 0);
  await expect(openStore()).rejects.toMatchObject({ code: 'store.corrupt', hint: expect.stringContaining('backup') });
});

it('names the holder to a second one and lets a new one in after a close', async () => {
  const first = await openStore();
  await expect(openStore()).rejects.toMatchObject({ code: 'store.locked', message: expect.stringContaining(directory) });
  await first.close();
  await (await openStore()).close();
});

it.runIf(process.getuid?.() === 0)('says that the disk is full, keeps what was saved, and works again when there is space', async () => {
  execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', directory]);
  try {
    const { store, close } = await openStore();
    await store.commit((draft) => draft.put('lease', aLease('small')));
    const ballast = path.join(directory, 'ballast');
    await writeFile(ballast, Buffer.alloc(2 * 1024 * 1024));
    const large = (id: string) => store.commit((draft) => draft.put('lease', aLease(id, 'x'.repeat(3 * 1024 * 1024))));
    await expect(large('large')).rejects.toMatchObject({ code: 'store.full', retryable: true });
    expect([store.revision, store.view.get('lease', 'large')]).toEqual([1, undefined]);
    await rm(ballast);
    await store.commit((draft) => draft.put('lease', aLease('after', 'x'.repeat(100_000))));
    await close();
    const again = await openStore();
    expect([...again.store.view.all('lease').keys()]).toEqual(['after', 'small']);
    await again.close();
  } finally {
    execFileSync('/bin/umount', [directory]);
  }
});

it('begins sensor history anew when that file is damaged, and keeps the records', async () => {
  await filled();
  await writeFile(path.join(directory, 'telemetry.db'), 'This is a letter, not a database.'.repeat(200));
  const { store, history, close } = await openStore();
  expect(store.view.all('lease').size).toBe(500);
  history.record([{ subjectId: 'web', sensor: 'cpu', at: Date.now(), value: 1 }]);
  expect(await history.read({ subjectId: 'web', sensor: 'cpu', fromMs: Date.now() - 5000, toMs: Date.now() })).toHaveLength(1);
  await close();
});

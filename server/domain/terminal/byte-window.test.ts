import { expect, it } from 'vitest';
import { createByteWindow, sendInPieces } from './byte-window.ts';

it('lets a sender wait while as much as its limit is under way, and go on at the end', async () => {
  const window = createByteWindow(10);
  const went: string[] = [];
  await window.room();
  window.sent(12);
  const first = window.room().then(() => went.push('first'));
  window.taken(1);
  await Promise.resolve();
  expect([went, window.underWay]).toEqual([[], 11]);
  window.taken(100);
  await first;
  expect([went, window.underWay]).toEqual([['first'], 0]);
  window.sent(10);
  const second = window.room().then(() => went.push('second'));
  window.end();
  await second;
  expect(went).toEqual(['first', 'second']);
});

it('sends in pieces as there is room, and no more once nobody takes them', async () => {
  const window = createByteWindow(20_000);
  const sent: number[] = [];
  const all = sendInPieces(window, new Uint8Array(40_000), (piece) => sent.push(piece.length) < 3);
  await new Promise<void>((resolve) => setImmediate(resolve));
  expect(sent).toEqual([16_384, 16_384]);
  window.taken(32_768);
  await all;
  expect(sent).toEqual([16_384, 16_384, 7_232]);
  expect(window.underWay).toBe(0);
});

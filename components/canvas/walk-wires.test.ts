import { expect, it } from 'vitest';
import { describeWire, nextWire, otherEnd, toWireStep, type WalkedWire } from './walk-wires.ts';

const wire = (from: string, to: string, label = ''): WalkedWire => ({ id: `${from}-${to}`, from, to, label });
const WIRES = [wire('web', 'db', 'host.address'), wire('lb', 'web'), wire('web', 'web'), wire('lb', 'dmz')];
const key = (name: string, shiftKey = false) => ({ key: name, shiftKey });

it('goes round the lines that begin or end at a node, in both directions', () => {
  const on = (from: string | null, step: 1 | -1) => nextWire(WIRES, 'web', { from, step })?.id;
  expect([on(null, 1), on('web-db', 1), on('lb-web', 1)]).toEqual(['web-db', 'lb-web', 'web-db']);
  expect([on(null, -1), on('lb-web', -1), on('web-db', -1)]).toEqual(['lb-web', 'web-db', 'lb-web']);
  expect(nextWire(WIRES, 'alone', { from: null, step: 1 })).toBeNull();
});

it('leads to the other end, whichever it is walked from', () => {
  expect([otherEnd(wire('web', 'db'), 'web'), otherEnd(wire('web', 'db'), 'db')]).toEqual(['db', 'web']);
});

it('takes arrows only once a line is walked to, and E always', () => {
  expect([toWireStep(key('e'), false), toWireStep(key('E', true), false), toWireStep(key('ArrowDown'), false)]).toEqual([1, -1, null]);
  expect([toWireStep(key('ArrowDown'), true), toWireStep(key('ArrowLeft'), true), toWireStep(key('ArrowLeft', true), true)]).toEqual([
    1,
    -1,
    null,
  ]);
});

it('says which line it is, what it means and what can be done', () => {
  const [wired] = WIRES;
  if (!wired) throw new Error('no line');
  const said = (mayRemove: boolean) => describeWire(WIRES, 'db', { wire: wired, titleOf: (id) => id.toUpperCase(), mayRemove });
  expect(said(true)).toBe('Line 1 of 1: WEB to DB (host.address). Enter goes to WEB, Delete removes it.');
  expect(said(false)).not.toContain('Delete');
});

import { describe, expect, it } from 'vitest';
import { type ReachEnd, type ReachFindings, toReachAnswer } from './reach-answer.ts';

const end = (name: string, host: string) => ({ instanceId: name, entityId: name, name, hostId: host, host }) as unknown as ReachEnd;
const ANSWERED = { end: 'answered', ms: 0.42 } as const;
const SILENT = { end: 'silent' } as const;
const WAY = { text: 'VXLAN number 70000 over UDP 4789, 10.0.0.1 → 10.0.0.2', needs: 'UDP 4789', probe: ANSWERED } as const;
const WELL: ReachFindings = {
  ...{ from: end('web', 'host-1'), to: end('db', 'host-2'), port: 5432, stopped: { from: '', to: '' } },
  shared: { name: 'back', address: '10.208.0.2' },
  joined: { from: ['back'], to: ['back'] },
  ...{ way: WAY, missing: { from: [], to: [] }, hosts: ANSWERED, probe: ANSWERED, listens: ['0.0.0.0'] },
  resolved: { name: 'db.shop.clocker.internal', addresses: ['10.208.0.2'] },
};
const problem = (fields: Partial<ReachFindings>) => toReachAnswer({ ...WELL, ...fields }).problem;

describe('whether one container reaches another', () => {
  it('is told with the time that was measured and the whole path', () => {
    const answer = toReachAnswer(WELL);
    expect(answer).toMatchObject({ reached: true, ms: 0.42, address: '10.208.0.2', network: 'back', problem: null });
    expect(answer.steps.map(({ name, state }) => [name, state])).toEqual(
      ['from', 'network', 'bridge', 'hosts', 'way', 'arrival', 'to', 'name', 'answer'].map((name) => [name, 'ok']),
    );
    expect(answer.steps.find(({ name }) => name === 'way')?.text).toContain('number 70000 over UDP 4789, 10.0.0.1 → 10.0.0.2');
  });

  it('has no hosts in between on one host', () => {
    const { steps } = toReachAnswer({ ...WELL, to: end('db', 'host-1'), way: null, hosts: null });
    expect(steps.map(({ name }) => name)).toEqual(['from', 'network', 'bridge', 'to', 'name', 'answer']);
  });

  it('names the first step that is wrong, and what to do', () => {
    expect(problem({ shared: null, joined: { from: ['front'], to: [] }, probe: { end: 'untried', why: '' } })).toMatchObject({
      step: 'network',
      text: 'They are on no common network: web is on front, db on none',
      fix: expect.stringContaining('docker.container.networks'),
    });
    expect(problem({ stopped: { from: '', to: 'does not run: it is exited on host-2' }, probe: SILENT })).toMatchObject({ step: 'to' });
    const missing = { from: ['10.208.0.2 is at 10.0.0.2'], to: [] };
    expect(problem({ missing, probe: SILENT })).toMatchObject({ step: 'bridge', text: 'host-1 lacks: 10.208.0.2 is at 10.0.0.2' });
    expect(problem({ missing: { from: [], to: ['Make ckx1'] }, probe: SILENT })).toMatchObject({ step: 'arrival' });
  });

  it('tells a host that is away from a tunnel that is held back', () => {
    expect(problem({ hosts: SILENT, way: { ...WAY, probe: SILENT }, probe: SILENT })).toMatchObject({ step: 'hosts' });
    expect(problem({ way: { ...WAY, probe: SILENT }, probe: SILENT })).toMatchObject({
      step: 'way',
      fix: 'Let UDP 4789 pass between host-1 and host-2, both ways.',
    });
    expect(problem({ hosts: SILENT, probe: SILENT, listens: [] })).toMatchObject({ step: 'answer' });
  });

  it('has been reached by a container that refuses, whatever else is wrong', () => {
    const refused = { probe: { end: 'refused' }, missing: { from: ['the names'], to: [] } } as const;
    expect(problem({ ...refused, listens: [] })).toMatchObject({ step: 'answer', text: expect.stringContaining('nothing listens there') });
    expect(problem({ ...refused, listens: ['127.0.0.1'] })).toMatchObject({
      text: 'db listens on 127.0.0.1 only, and refuses at 10.208.0.2:5432',
      fix: expect.stringContaining('0.0.0.0'),
    });
  });

  it('warns where its name is not told, and says it was reached', () => {
    const answer = toReachAnswer({ ...WELL, resolved: { name: 'db.shop.clocker.internal', addresses: [] } });
    expect(answer).toMatchObject({ reached: true, problem: null });
    expect(answer.steps.find(({ name }) => name === 'name')).toMatchObject({ state: 'warning', fix: expect.stringContaining('dnsmasq') });
  });
});

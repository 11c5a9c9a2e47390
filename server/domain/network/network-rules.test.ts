import { describe, expect, it } from 'vitest';
import { anEntity } from '../../testing/records.ts';
import { allowedFlows, isAllowed, networkRules, rulesFor, toRulePort } from './network-rules.ts';

const spec = (config: object) => ({ config }) as never;
const rule = (from: string, to: string, ...ports: (number | string)[]) => ({ from, to, ports });

describe('rules of a network', () => {
  it('take ports as numbers and with their protocol, and nothing else', () => {
    expect([3_306, '3306', '53/udp', '80/tcp'].map(toRulePort)).toEqual([
      { port: 3_306, protocol: 'tcp' },
      { port: 3_306, protocol: 'tcp' },
      { port: 53, protocol: 'udp' },
      { port: 80, protocol: 'tcp' },
    ]);
    expect([0, 65_536, 1.5, '', 'http', '53/icmp', '080'].map(toRulePort)).toEqual(Array(7).fill(null));
    expect(networkRules.safeParse([rule('web', 'db', 70_000)]).error?.issues[0]).toMatchObject({
      path: [0, 'ports', 0],
      message: 'needs a port from 1 to 65535, for UDP as "53/udp"',
    });
  });

  it('are those of the application and of the network itself; without any it is open', () => {
    const root = anEntity({ id: 'r', parentId: null, spec: spec({ 'network.rules': [rule('web', 'db', 1)] }) });
    const own = anEntity({
      id: 'n',
      type: 'virtual-network',
      planId: 'back',
      parentId: 'r',
      spec: spec({ 'network.rules': [rule('a', 'b', 2)] }),
    });
    expect(rulesFor([root, own], 'back')?.map(({ from }) => from)).toEqual(['web', 'a']);
    expect(rulesFor([root, own], 'front')?.map(({ from }) => from)).toEqual(['web']);
    expect(rulesFor([anEntity({ id: 'r', parentId: null, spec: spec({}) })], 'back')).toBeNull();
    expect(rulesFor([anEntity({ id: 'r', parentId: null, spec: spec({ 'network.rules': [] }) })], 'back')).toEqual([]);
  });

  it('open a port from each to each that has the id, a cluster for its members', () => {
    const member = (address: string, ...ids: string[]) => ({ address, ids: new Set(ids) });
    const members = [member('10.0.0.1', 'shop', 'web'), member('10.0.0.2', 'shop', 'web'), member('10.0.0.3', 'shop', 'db')];
    expect(allowedFlows([rule('web', 'db', 3_306), rule('web', 'db', '3306/tcp'), rule('gone', 'db', 1)], members)).toEqual([
      { from: '10.0.0.1', to: '10.0.0.3', port: 3_306, protocol: 'tcp' },
      { from: '10.0.0.2', to: '10.0.0.3', port: 3_306, protocol: 'tcp' },
    ]);
  });

  it('let one through on a TCP port, and pings both ways of a pair', () => {
    const [web, db] = [new Set(['shop', 'web']), new Set(['shop', 'db'])];
    const rules = [rule('web', 'db', 3_306, '53/udp')];
    const asked = (from: ReadonlySet<string>, to: ReadonlySet<string>, port: number | null) => isAllowed(rules, { from, to, port });
    expect([asked(web, db, 3_306), asked(web, db, null), asked(db, web, null)]).toEqual([true, true, true]);
    expect([asked(web, db, 53), asked(db, web, 3_306), asked(web, web, null)]).toEqual([false, false, false]);
  });
});

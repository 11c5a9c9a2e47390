import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ObservedHost } from './observe-lab.ts';
import { planLab, type WantedLab } from './plan-lab.ts';

const GIB = 1024 ** 3;
const wanted: WantedLab = { lab: 'try', subnet: '10.72.10.0/24', hosts: 2, bare: 1, memoryBytes: 4 * GIB, cpus: undefined };

function host(name: string, state: ObservedHost['state']): ObservedHost {
  return {
    name,
    container: `try-${name}`,
    state,
    pid: 0,
    address: '10.72.10.11',
    bare: name.startsWith('bare'),
    memoryBytes: 4 * GIB,
    cpus: 0,
  };
}

describe('planLab', () => {
  it('makes every wanted host of an empty lab, each at its own address', () => {
    const plan = planLab(wanted, []);
    expect(plan.create.map(({ name, address, bare }) => ({ name, address, bare }))).toEqual([
      { name: 'host-1', address: '10.72.10.11', bare: false },
      { name: 'host-2', address: '10.72.10.12', bare: false },
      { name: 'bare-1', address: '10.72.10.101', bare: true },
    ]);
  });

  it('keeps what runs, starts what is stopped and thaws what is frozen', () => {
    const plan = planLab(wanted, [host('host-1', 'running'), host('host-2', 'exited'), host('bare-1', 'paused')]);
    expect(plan).toMatchObject({ remove: [], create: [] });
    expect([plan.keep, plan.start, plan.unpause].map((group) => group.map(({ name }) => name))).toEqual([
      ['host-1'],
      ['host-2'],
      ['bare-1'],
    ]);
  });

  it('makes a host anew that a cut-short command left without ever starting it', () => {
    const plan = planLab({ ...wanted, bare: 0 }, [host('host-1', 'created'), host('host-2', 'running')]);
    expect(plan.remove).toEqual(['try-host-1']);
    expect(plan.create.map(({ name }) => name)).toEqual(['host-1']);
  });

  it('never removes a host that ran, however few are wanted', () => {
    const plan = planLab({ ...wanted, hosts: 0, bare: 0 }, [host('host-1', 'running'), host('host-2', 'exited')]);
    expect(plan.remove).toEqual([]);
  });

  it('has nothing to do once its own plan is carried out', () => {
    fc.assert(
      fc.property(fc.nat(64), fc.nat(64), (hosts, bare) => {
        const many = { ...wanted, hosts, bare };
        const made = planLab(many, []).create;
        expect(new Set(made.map(({ address }) => address)).size).toBe(hosts + bare);
        const again = planLab(
          many,
          made.map(({ name }) => host(name, 'running')),
        );
        expect(again).toMatchObject({ remove: [], create: [], start: [], unpause: [] });
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocatePorts } from './allocate-ports.ts';

const pool = { from: 100, to: 103 };
const tcp = (container: number, host: { from: number; to: number } | null = null) => ({ container, protocol: 'tcp' as const, host });

describe('allocatePorts', () => {
  it('takes the first free port of the wanted range, else of the pool', () => {
    const ports = [tcp(80, { from: 8000, to: 8001 }), tcp(81)];
    const result = allocatePorts({ ports, pool, inherited: [], isTaken: (_, port) => port === 8000 || port === 100 });
    expect(result).toEqual({
      ok: true,
      bindings: [
        { container: 80, host: 8001, protocol: 'tcp' },
        { container: 81, host: 101, protocol: 'tcp' },
      ],
    });
  });

  it('keeps inherited ports, unless they no longer fit', () => {
    const inherited = [{ container: 80, host: 102, protocol: 'tcp' as const }];
    expect(allocatePorts({ ports: [tcp(80)], pool, inherited, isTaken: () => false })).toMatchObject({ bindings: [{ host: 102 }] });
    const moved = [tcp(80, { from: 9000, to: 9000 })];
    expect(allocatePorts({ ports: moved, pool, inherited, isTaken: () => false })).toMatchObject({ bindings: [{ host: 9000 }] });
  });

  it('says what is taken', () => {
    const fixed = [tcp(80, { from: 80, to: 80 })];
    expect(allocatePorts({ ports: fixed, pool, inherited: [], isTaken: () => true })).toEqual({
      ok: false,
      reason: 'port 80/tcp is taken',
    });
    expect(allocatePorts({ ports: [tcp(80)], pool, inherited: [], isTaken: () => true })).toMatchObject({
      reason: 'no free port left in the pool 100-103',
    });
  });

  it('never gives one port twice, nor one that is taken', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 20 }), { maxLength: 4 }),
        fc.array(fc.integer({ min: 100, max: 103 })),
        (containers, taken) => {
          const result = allocatePorts({
            ports: containers.map((port) => tcp(port)),
            pool,
            inherited: [],
            isTaken: (_, port) => taken.includes(port),
          });
          if (!result.ok) return;
          const hosts = result.bindings.map((binding) => binding.host);
          expect(new Set(hosts).size).toBe(hosts.length);
          expect(hosts.some((host) => taken.includes(host))).toBe(false);
        },
      ),
    );
  });
});

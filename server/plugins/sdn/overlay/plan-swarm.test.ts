import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SwarmNode, SwarmState } from '../../../ports/docker-swarm.ts';
import { managersFor, nextGatherStep, nextPartStep, type SwarmStep } from './plan-swarm.ts';
import type { SwarmHost, SwarmMark, SwarmView } from './swarm-view.ts';

const OUT: SwarmState = { kind: 'inactive', nodeId: '', isManager: false, managers: [], labels: null, folder: '', liveRestore: false };

function host(n: number, patch: Partial<SwarmHost> = {}): SwarmHost {
  return {
    ...{ id: `h${n}`, name: `host-${n}`, address: `10.0.0.${n}`, isWanted: true },
    ...{ state: OUT, mark: null, isBetween: false, isLabelled: null, ...patch },
  };
}

function member(n: number, { isManager = false, isWanted = true }: { isManager?: boolean; isWanted?: boolean } = {}): SwarmHost {
  const state: SwarmState = { ...OUT, kind: 'active', nodeId: `n${n}`, isManager, managers: ['10.0.0.1'] };
  return host(n, { isWanted, state, mark: { ownsBridge: true, nodeId: `n${n}` }, isLabelled: isManager ? true : null });
}

function node(n: number, patch: Partial<SwarmNode> = {}): SwarmNode {
  return { id: `n${n}`, role: 'worker', isReady: true, isReachable: false, isLeader: false, address: `10.0.0.${n}`, ...patch };
}

const manager = (n: number): SwarmNode => node(n, { role: 'manager', isReachable: true, isLeader: n === 1 });
const lost = (n: number): SwarmNode => node(n, { role: 'manager', isReady: false });

function view(self: SwarmHost, others: readonly SwarmHost[], patch: Partial<SwarmView> = {}): SwarmView {
  return { self, others, away: [], control: null, nodes: [], overlays: [], ...patch };
}

describe('a host that is to have overlay networks', () => {
  it('starts a Swarm where none of the hosts is in one, and joins the one that is there', () => {
    expect(nextGatherStep(view(host(1), [host(2)]))).toEqual({ kind: 'init' });
    const first = member(1, { isManager: true });
    expect(nextGatherStep(view(host(2), [first], { control: 'h1', nodes: [manager(1)] }))).toEqual({
      ...{ kind: 'join', by: 'h1', managers: ['10.0.0.1'] },
    });
  });

  it('is refused where it is in a Swarm of others, which nobody is taken out of', () => {
    const foreign = host(1, { state: { ...OUT, kind: 'active', nodeId: 'x', isManager: true } });
    expect(() => nextGatherStep(view(foreign, []))).toThrow('host-1 is in a Docker Swarm that is not Clocker’s');
    expect(nextPartStep(view(foreign, []))).toBeNull();
    const since: SwarmHost = { ...foreign, mark: { ownsBridge: true, nodeId: 'n1' } };
    expect(() => nextGatherStep(view(since, []))).toThrow('not Clocker’s');
    expect(nextPartStep(view(since, []))).toEqual({ kind: 'unmark', keepsBridge: true });
  });

  it('is refused with live-restore, with what to do', () => {
    expect(() => nextGatherStep(view(host(1, { state: { ...OUT, liveRestore: true } }), []))).toThrow('host-1 has live-restore');
  });

  it('makes no second Swarm while those who have the first are away', () => {
    const away = [{ name: 'host-2', address: '10.0.0.2' }];
    expect(() => nextGatherStep(view(host(1), [], { away }))).toThrow('no quorum of managers while host-2 cannot be reached');
  });

  it('goes on with a manager that is left where nobody is waited for, and anew where none is left', () => {
    const other = member(2);
    const own = member(1, { isManager: true });
    const three: SwarmHost = { ...own, state: { ...own.state, managers: ['10.0.0.1', '10.0.0.8', '10.0.0.9'] } };
    expect(nextGatherStep(view(other, [three]))).toEqual({ kind: 'recover', by: 'h1' });
    expect(nextGatherStep(view(other, []))).toEqual({ kind: 'leave', force: true });
  });

  it('forces nothing while managers that are there elect a leader, or start', () => {
    const [own, other] = [member(1, { isManager: true }), member(2)];
    expect(() => nextGatherStep(view(other, [own]))).toThrow('electing a leader');
    const starting: SwarmHost = { ...member(1), state: OUT, isBetween: true };
    expect(() => nextGatherStep(view(other, [starting]))).toThrow('Managers of the Swarm are starting');
    for (const next of [nextGatherStep, nextPartStep]) expect(() => next(view(starting, [other]))).toThrow('is starting or stopping');
  });

  it('starts no second Swarm while the engine that has the first starts or stops', () => {
    const starting: SwarmHost = { ...member(1, { isManager: true }), state: OUT, isBetween: true, isLabelled: null };
    expect(() => nextGatherStep(view(host(2), [starting]))).toThrow('Docker Engine on host-1, which has the Swarm of the cloud');
    const ofOthers: SwarmHost = { ...starting, mark: null };
    expect(nextGatherStep(view(host(2), [ofOthers]))).toEqual({ kind: 'init' });
  });

  it('whose joining was cut off has since been put into a Swarm of others: it is left there', () => {
    const noted: SwarmMark = { ownsBridge: true, nodeId: null };
    const state: SwarmState = { ...OUT, kind: 'active', nodeId: 'x', isManager: true, managers: ['10.0.0.1'] };
    const own = host(1, { state, mark: noted, isLabelled: false });
    expect(() => nextGatherStep(view(own, []))).toThrow('not Clocker’s');
    expect(nextPartStep(view(own, []))).toEqual({ kind: 'unmark', keepsBridge: true });
    const worker = host(2, { state: { ...state, nodeId: 'y', isManager: false }, mark: noted });
    const theirs = host(1, { state, isLabelled: false });
    expect(() => nextGatherStep(view(worker, [theirs]))).toThrow('not Clocker’s');
    expect(nextPartStep(view(worker, [theirs]))).toEqual({ kind: 'unmark', keepsBridge: true });
  });

  it('leaves where it was refused as it joined, and where the Swarm has forgotten it meanwhile', () => {
    const first = member(1, { isManager: true });
    const told = { control: 'h1', nodes: [manager(1)] };
    const refused: SwarmState = { ...OUT, kind: 'error', managers: ['10.0.0.1'] };
    const cut = host(2, { state: refused, mark: { ownsBridge: true, nodeId: null } });
    expect(nextGatherStep(view(cut, [first], told))).toEqual({ kind: 'leave', force: true });
    const forgotten = host(2, { state: { ...refused, nodeId: 'n2' }, mark: { ownsBridge: true, nodeId: 'n2' } });
    expect(nextGatherStep(view(forgotten, [first], told))).toEqual({ kind: 'leave', force: true });
    expect(() => nextGatherStep(view(forgotten, [first], { ...told, nodes: [manager(1), node(2)] }))).toThrow('still joining');
    expect(() => nextGatherStep(view({ ...cut, state: { ...refused, kind: 'pending' } }, [first], told))).toThrow('still joining');
  });

  it('leaves a Swarm that does not know it any more', () => {
    const first = member(1, { isManager: true });
    expect(nextGatherStep(view(member(2), [first], { control: 'h1', nodes: [manager(1)] }))).toEqual({ kind: 'leave', force: true });
  });

  it('notes which node it is where its joining was cut off', () => {
    const cut: SwarmHost = { ...member(2), mark: { ownsBridge: true, nodeId: null } };
    const first = member(1, { isManager: true });
    expect(nextGatherStep(view(cut, [first], { control: 'h1', nodes: [manager(1), node(2)] }))).toEqual({ kind: 'mark' });
  });
});

describe('managers of a Swarm', () => {
  it('are not taken for gone while their engine starts', () => {
    const self = member(1, { isManager: true });
    const starting: SwarmHost = { ...member(3), state: OUT, isBetween: true };
    const nodes = [manager(1), manager(2), lost(3)];
    expect(nextGatherStep(view(self, [member(2, { isManager: true }), starting], { control: 'h1', nodes }))).toBeNull();
  });

  it('are made of hosts of which it is noted which node they are', () => {
    const cut: SwarmHost = { ...member(2), mark: { ownsBridge: true, nodeId: null } };
    const rest = { control: 'h1', nodes: [manager(1), node(2), node(3)] };
    expect(nextGatherStep(view(member(1, { isManager: true }), [cut, member(3)], rest))).toMatchObject({ kind: 'role', nodeId: 'n3' });
    expect(nextGatherStep(view(member(1, { isManager: true }), [cut], { ...rest, nodes: [manager(1), node(2)] }))).toBeNull();
  });

  it('do not leave while they elect, nor before the others are a quorum without them', () => {
    const [self, worker] = [member(1, { isManager: true, isWanted: false }), member(4)];
    expect(() => nextPartStep(view(self, [worker]))).toThrow('electing a leader');
    const nodes = [manager(1), manager(2), lost(3), node(4)];
    const all = [member(2, { isManager: true }), worker];
    expect(nextPartStep(view(self, all, { control: 'h1', nodes }))).toEqual({ kind: 'role', by: 'h1', nodeId: 'n4', role: 'manager' });
    const few = [manager(1), manager(2), lost(3)];
    expect(() => nextPartStep(view(self, all, { control: 'h1', nodes: few }))).toThrow('Too few other managers');
  });

  it('that were taken out by force are made workers before they are forgotten', () => {
    const out = host(1, { isWanted: false, mark: { ownsBridge: true, nodeId: 'n1' } });
    const others = [member(2, { isManager: true })];
    const listed = view(out, others, { control: 'h2', nodes: [lost(1), manager(2)] });
    expect(nextPartStep(listed)).toEqual({ kind: 'role', by: 'h2', nodeId: 'n1', role: 'worker' });
    const worker = view(out, others, { control: 'h2', nodes: [node(1, { isReady: false }), manager(2)] });
    expect(nextPartStep(worker)).toEqual({ kind: 'forget', by: 'h2', nodeId: 'n1' });
  });

  it('are an odd number, and no more than five', () => {
    expect([1, 2, 3, 4, 6, 7, 50].map(managersFor)).toEqual([1, 1, 3, 3, 3, 5, 5]);
  });

  it('are replaced by another host before the one that is gone for good is taken out', () => {
    const hosts = [1, 2].map((n) => member(n, { isManager: true }));
    const [self, ...others] = [...hosts, member(4)];
    if (!self) throw new Error('no host');
    const nodes = [manager(1), manager(2), lost(3), node(4)];
    expect(nextGatherStep(view(self, others, { control: 'h1', nodes }))).toEqual({ kind: 'role', by: 'h1', nodeId: 'n4', role: 'manager' });
    const after = [manager(1), manager(2), lost(3), manager(4)];
    expect(nextGatherStep(view(self, others, { control: 'h1', nodes: after }))).toEqual({
      ...{ kind: 'role', by: 'h1', nodeId: 'n3', role: 'worker' },
    });
    const demoted = [manager(1), manager(2), node(3, { isReady: false }), manager(4)];
    expect(nextGatherStep(view(self, others, { control: 'h1', nodes: demoted }))).toEqual({ kind: 'forget', by: 'h1', nodeId: 'n3' });
  });

  it('stay what they are while a host is away for a while', () => {
    const hosts = [1, 2].map((n) => member(n, { isManager: true }));
    const [self, ...others] = hosts;
    if (!self) throw new Error('no host');
    const away = [{ name: 'host-3', address: '10.0.0.3' }];
    expect(nextGatherStep(view(self, others, { away, control: 'h1', nodes: [manager(1), manager(2), lost(3)] }))).toBeNull();
  });

  it('hand over before they leave', () => {
    const [self, other] = [member(1, { isManager: true, isWanted: false }), member(2)];
    const before = view(self, [other], { control: 'h1', nodes: [manager(1), node(2)] });
    expect(nextPartStep(before)).toEqual({ kind: 'role', by: 'h1', nodeId: 'n2', role: 'manager' });
    const heir = view(self, [other], { control: 'h1', nodes: [manager(1), manager(2)] });
    expect(nextPartStep(heir)).toEqual({ kind: 'role', by: 'h1', nodeId: 'n1', role: 'worker' });
    const still = view(self, [other], { control: 'h1', nodes: [node(1), manager(2)] });
    expect(() => nextPartStep(still)).toThrow('still leaving the managers');
  });
});

/** A Swarm as far as these plans see one. */
class World {
  readonly size: number;
  readonly wanted = new Set<number>();
  readonly nodes = new Map<number, 'manager' | 'worker'>();
  readonly marks = new Map<number, SwarmMark>();

  constructor(size: number) {
    this.size = size;
  }

  view(n: number): SwarmView {
    const toHost = (one: number): SwarmHost => {
      const role = this.nodes.get(one);
      const state: SwarmState =
        role === undefined ? OUT : { ...OUT, kind: 'active', nodeId: `n${one}`, isManager: role === 'manager', managers: ['10.0.0.1'] };
      return host(one, {
        isWanted: this.wanted.has(one),
        state,
        mark: this.marks.get(one) ?? null,
        isLabelled: role === 'manager' ? true : null,
      });
    };
    const all = Array.from({ length: this.size }, (_, index) => index + 1);
    const control = all.find((one) => this.nodes.get(one) === 'manager');
    const nodes = [...this.nodes].map(([one, role]) => (role === 'manager' ? manager(one) : node(one)));
    return view(toHost(n), all.filter((one) => one !== n).map(toHost), { control: control ? `h${control}` : null, nodes });
  }

  take(n: number, step: SwarmStep): void {
    switch (step.kind) {
      case 'init':
        expect(this.nodes.size).toBe(0);
        this.nodes.set(n, 'manager');
        this.marks.set(n, { ownsBridge: true, nodeId: null });
        return;
      case 'join':
        this.nodes.set(n, 'worker');
        this.marks.set(n, { ownsBridge: true, nodeId: null });
        return;
      case 'mark':
        this.marks.set(n, { ownsBridge: true, nodeId: `n${n}` });
        return;
      case 'leave':
        expect(step.force ? this.nodes.size : this.nodes.get(n)).toBe(step.force ? 1 : 'worker');
        this.nodes.delete(n);
        return;
      case 'unmark':
        this.marks.delete(n);
        return;
      case 'role':
        this.nodes.set(Number(step.nodeId.slice(1)), step.role);
        expect([...this.nodes.values()]).toContain('manager');
        return;
      case 'forget':
      case 'recover':
        throw new Error(`${step.kind} where nobody is gone`);
    }
  }

  /** Killed after `most` steps. */
  settle(n: number, most: number): void {
    const next = this.wanted.has(n) ? nextGatherStep : nextPartStep;
    for (let done = 0; done < most; done++) {
      const step = next(this.view(n));
      if (step === null) return;
      this.take(n, step);
    }
  }
}

it('hosts that come and go, each cut off anywhere, end as one Swarm with as many managers as it wants, or as none', () => {
  const change = fc.record({ host: fc.integer({ min: 1, max: 8 }), most: fc.integer({ min: 0, max: 6 }) });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
      const world = new World(8);
      for (const { host: n, most } of changes) {
        if (!world.wanted.delete(n)) world.wanted.add(n);
        world.settle(n, most);
      }
      for (let pass = 0; pass < 3; pass++) for (let n = 1; n <= 8; n++) world.settle(n, 40);
      expect([...world.nodes.keys()].sort()).toEqual([...world.wanted].sort());
      expect([...world.marks.keys()].sort()).toEqual([...world.wanted].sort());
      const managers = [...world.nodes.values()].filter((role) => role === 'manager').length;
      expect(managers).toBe(world.wanted.size === 0 ? 0 : managersFor(world.wanted.size));
      for (let n = 1; n <= 8; n++) expect((world.wanted.has(n) ? nextGatherStep : nextPartStep)(world.view(n))).toBeNull();
    }),
  );
});

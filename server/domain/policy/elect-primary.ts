import type { AdjunctAction, AdjunctInput, Decision } from '../adjunct/behaviour.ts';
import type { Entity } from '../entity/entity.ts';
import type { EntityId } from '../shared/ids.ts';
import { choosePrimary, type SelectionMode, standingOf, toCandidate, type WeightRules } from './choose-primary.ts';

export interface ElectionSettings {
  readonly among: 'members' | 'children';
  readonly mode: SelectionMode;
  readonly sensor: string;
  readonly weight: WeightRules;
  readonly promote: string;
  readonly demote: string;
  /** Who was in charge and has stopped, or starts, has so long to come back. Milliseconds. */
  readonly stoppedWaitMs: number;
  readonly startingWaitMs: number;
}

export interface ElectionMemory {
  readonly primary: EntityId | null;
  /** Since when who is in charge does not serve, milliseconds since the epoch. */
  readonly awaySince?: number;
  /** Who is being told to step back, and since when. */
  readonly demoting?: { readonly id: EntityId; readonly at: number };
  /** Has stepped back: somebody else may be put in charge. */
  readonly demoted?: EntityId;
}

/** Who was told to step back, and of whom nothing is heard, is told again after this. Milliseconds. */
const TELL_AGAIN_MS = 10_000;

type Input = AdjunctInput<ElectionSettings, ElectionMemory>;

/**
 * Brooklyn's ElectPrimaryPolicy, with a fence: who was in charge steps back before another is put there, and nobody is put in the place of one
 * of which it is not known that it has stopped.
 */
export function decideElection(input: Input): Decision<ElectionMemory> {
  const { memory, ...decision } = elect(input);
  const isSame = memory === undefined || JSON.stringify(memory) === JSON.stringify(input.memory);
  return isSame ? decision : { ...decision, memory };
}

function elect(input: Input): Decision<ElectionMemory> {
  const { config, self, read } = input;
  const memory = input.memory ?? { primary: null };
  const all = config.among === 'members' ? read.members(self.id) : read.children(self.id);
  const candidates = all.map((entity) => toCandidate(entity, config.weight, read));
  const chosen = choosePrimary(candidates, memory.primary, config.mode);
  const current = memory.primary === null ? undefined : read.entity(memory.primary);
  if (memory.demoting) return whileDemoting(input, memory, chosen);
  if (chosen !== null && chosen.id === memory.primary && memory.demoted === undefined) return inCharge(input, memory, chosen);
  if (memory.primary === null || memory.demoted === memory.primary) return putInCharge(input, memory, chosen);
  return replaceCurrent(input, { memory, current, chosen });
}

function inCharge({ config, read, self }: Input, memory: ElectionMemory, primary: Entity): Decision<ElectionMemory> {
  const isSaid = read.sensor(self.id, config.sensor)?.value === primary.id;
  return {
    ...(memory.awaySince === undefined ? {} : { memory: { primary: primary.id } }),
    highlight: { level: 'ok', text: `${primary.name} is in charge` },
    ...(isSaid ? {} : { publish: { [config.sensor]: primary.id } }),
  };
}

interface Change {
  readonly memory: ElectionMemory;
  readonly current: Entity | undefined;
  readonly chosen: Entity | null;
}

function replaceCurrent(input: Input, change: Change): Decision<ElectionMemory> {
  const { config, now } = input;
  const { memory, current, chosen } = change;
  const standing = standingOf(current);
  const name = current?.name ?? 'who was in charge';
  if (standing === 'out-of-reach') {
    return frozen(memory, `Puts nobody in the place of ${name}: its host refuses us, and it may be running there`);
  }
  if (current && current.goal !== 'running' && standing !== 'stopped') {
    return frozen(memory, `Waits for ${name} to stop before another is put in charge`);
  }
  if (standing === 'serves') {
    return chosen === null ? frozen(memory, `${name} stays in charge: nobody can take its place`) : stepBack(input, memory, current);
  }
  const awaySince = memory.awaySince ?? now;
  const waitMs = current === undefined || current.goal !== 'running' ? 0 : waitFor(config, current);
  if (now < awaySince + waitMs) {
    const text = `${name} does not serve: another is put in charge in ${Math.ceil((awaySince + waitMs - now) / 1000)} s unless it comes back`;
    return {
      ...(memory.awaySince === undefined ? { memory: { ...memory, awaySince } } : {}),
      highlight: { level: 'ok', text },
      lookAgainAt: awaySince + waitMs,
    };
  }
  if (chosen === null) return frozen({ ...memory, awaySince }, `${name} does not serve, and nobody can take its place`);
  return standing === 'may-run' ? stepBack(input, memory, current) : putInCharge(input, memory, chosen);
}

function waitFor({ startingWaitMs, stoppedWaitMs }: ElectionSettings, { actual }: Entity): number {
  return actual === 'STARTING' || actual === 'CREATED' ? startingWaitMs : stoppedWaitMs;
}

function stepBack(input: Input, memory: ElectionMemory, current: Entity | undefined): Decision<ElectionMemory> {
  const { config, now } = input;
  if (!current || !hasEffector(current, config.demote)) return again(input, { ...memory, ...(current ? { demoted: current.id } : {}) });
  const why = `${current.name} steps back: call ${config.demote}`;
  return {
    memory: { ...memory, demoting: { id: current.id, at: now } },
    highlight: { level: 'acts', text: why },
    publish: { [config.sensor]: null },
    actions: [{ kind: 'effector', entityId: current.id, effector: config.demote, awaited: true, why }],
    lookAgainAt: now + TELL_AGAIN_MS,
  };
}

/** Nothing has to be told to it: on with the next part of the same decision. */
function again(input: Input, memory: ElectionMemory): Decision<ElectionMemory> {
  return elect({ ...input, memory });
}

function whileDemoting(input: Input, memory: ElectionMemory, chosen: Entity | null): Decision<ElectionMemory> {
  const { config, now, read, outcomes } = input;
  const { demoting, ...others } = memory;
  if (demoting === undefined) return putInCharge(input, memory, chosen);
  const outcome = outcomes.find(({ action }) => isCallOf(action, demoting.id, config.demote));
  const current = read.entity(demoting.id);
  const isStopped = standingOf(current) === 'stopped';
  if (isStopped || outcome?.problem === null) return putInCharge(input, { ...others, demoted: demoting.id }, chosen);
  if (now < demoting.at + TELL_AGAIN_MS) {
    const problem = outcome === undefined ? '' : `: ${outcome.problem}`;
    const text = `Puts nobody in charge before ${current?.name ?? 'who was'} has stepped back${problem}`;
    return { highlight: { level: outcome === undefined ? 'acts' : 'failed', text }, lookAgainAt: demoting.at + TELL_AGAIN_MS };
  }
  return stepBack(input, others, current);
}

function putInCharge({ config, now, self, read }: Input, memory: ElectionMemory, chosen: Entity | null): Decision<ElectionMemory> {
  const { demoted } = memory;
  if (chosen === null) {
    const isSaid = read.sensor(self.id, config.sensor) !== undefined;
    return {
      memory: { primary: demoted ?? memory.primary, ...(demoted === undefined ? {} : { demoted }) },
      highlight: { level: 'frozen', text: `Nobody can be in charge of ${self.name}` },
      ...(isSaid ? { publish: { [config.sensor]: null } } : {}),
    };
  }
  const why = `${chosen.name} is put in charge of ${self.name}`;
  const actions: readonly AdjunctAction[] = hasEffector(chosen, config.promote)
    ? [{ kind: 'effector', entityId: chosen.id, effector: config.promote, why }]
    : [];
  return {
    memory: { primary: chosen.id },
    highlight: { level: 'acts', text: why },
    publish: { [config.sensor]: chosen.id },
    actions,
    lookAgainAt: now + 1_000,
  };
}

function frozen(memory: ElectionMemory, text: string): Decision<ElectionMemory> {
  return { memory, highlight: { level: 'frozen', text } };
}

function isCallOf(action: AdjunctAction, entityId: string, effector: string): boolean {
  return action.kind === 'effector' && action.entityId === entityId && action.effector === effector;
}

/** Of those that its blueprint adds: who has none has nothing to be told. */
function hasEffector({ spec }: Entity, name: string): boolean {
  return (spec.initializers ?? []).some(({ config }) => config.name === name);
}

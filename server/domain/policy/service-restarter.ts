import type { AdjunctInput, Decision } from '../adjunct/behaviour.ts';
import type { Json } from '../shared/json.ts';
import { failureKey } from './failure-watch.ts';

export interface RestarterSettings {
  readonly failureSensor: string;
  /** A second failure within this time is not mended. Milliseconds. */
  readonly windowMs: number;
  readonly setOnFire: boolean;
}

export interface RestarterMemory {
  /** The failure that was seen last, while it lasts: see `failureKey`. */
  readonly handled?: string;
  /** Milliseconds since the epoch. */
  readonly lastFailureAt?: number;
  readonly gaveUpAt?: number;
}

/** What the restarter says when it gives up. */
export const RESTART_FAILED = 'ha.entityFailed.restart';
const PROBLEM = 'restarter';

type Input = AdjunctInput<RestarterSettings, RestarterMemory>;

/** Brooklyn's ServiceRestarter: restarts what has failed, once; what fails again soon is left to a replacer or a person, and said. */
export function decideRestart(input: Input): Decision<RestarterMemory> {
  const { config, self, read, now } = input;
  const memory = input.memory ?? {};
  const value = read.sensor(self.id, config.failureSensor)?.value;
  const refused = input.outcomes.find(({ action, problem }) => action.kind === 'effector' && problem !== null);
  if (refused) return giveUp(input, memory, `its restart was refused: ${refused.problem}`);
  const failure = failureKey(value);
  if (failure === null) return atRest(input, memory);
  if (failure === memory.handled) {
    const isGivenUp = memory.gaveUpAt !== undefined && memory.gaveUpAt >= (memory.lastFailureAt ?? 0);
    return {
      highlight: isGivenUp
        ? { level: 'failed', text: `Has given ${self.name} up: it failed again within ${inMinutes(config.windowMs)}` }
        : { level: 'acts', text: `Has restarted ${self.name}, and waits for it to recover` },
    };
  }
  const sinceMs = memory.lastFailureAt === undefined ? Number.POSITIVE_INFINITY : now - memory.lastFailureAt;
  const next = { ...memory, handled: failure, lastFailureAt: now };
  if (sinceMs < config.windowMs) {
    return giveUp(input, next, `it failed again ${inSeconds(sinceMs)} after its last failure (${describe(value)})`);
  }
  const why = `Restart ${self.name}: ${describe(value)}`;
  return {
    memory: next,
    highlight: { level: 'acts', text: why },
    actions: [{ kind: 'effector', entityId: self.id, effector: 'restart', why }],
  };
}

function giveUp({ config, self, now }: Input, memory: RestarterMemory, why: string): Decision<RestarterMemory> {
  const text = `${self.name} is not restarted any more: ${why}`;
  return {
    memory: { ...memory, gaveUpAt: now },
    highlight: { level: 'failed', text },
    // From the failure itself, so that it can be said twice and is the same.
    publish: { [RESTART_FAILED]: { at: memory.lastFailureAt ?? now, component: self.name, description: why } },
    actions: config.setOnFire
      ? [{ kind: 'problem', entityId: self.id, code: PROBLEM, text: `${text}. Mend the cause, then restart it`, why: text }]
      : [],
  };
}

function atRest({ config, self, read }: Input, memory: RestarterMemory): Decision<RestarterMemory> {
  const { handled, ...others } = memory;
  const isSaid = read.sensor(self.id, RESTART_FAILED) !== undefined;
  return {
    highlight: { level: 'ok', text: `Watches ${self.name}: no ${config.failureSensor}` },
    ...(handled === undefined ? {} : { memory: others }),
    ...(isSaid ? { publish: { [RESTART_FAILED]: null } } : {}),
  };
}

/** What a sensor of failures says, for people. */
export function describe(value: Json | undefined): string {
  if (typeof value === 'object' && value !== null && 'description' in value) return String(value.description);
  return typeof value === 'string' ? value : 'it has failed';
}

function inSeconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}

function inMinutes(ms: number): string {
  return ms % 60_000 === 0 ? `${ms / 60_000} min` : inSeconds(ms);
}

import { autoScaler, type ScalerMemory, type ScalerSettings } from '../domain/policy/auto-scaler.ts';
import { aSeenWorld, livingIn } from './looking.ts';
import { anEntity } from './records.ts';

/** Brooklyn's defaults and ours, with bounds. */
export const SCALER: ScalerSettings = {
  metric: 'load',
  entityWithMetric: null,
  lower: 10,
  upper: 20,
  upIncrement: 1,
  upMax: 2_147_483_647,
  downIncrement: 1,
  downMax: 2_147_483_647,
  min: 1,
  max: 10,
  minPeriodMs: 100,
  upMs: 0,
  downMs: 0,
  staleMs: 120_000,
  flapGuardMs: 120_000,
  maxReachedSensor: null,
  maxReachedDelayMs: 0,
};

export interface Change {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export interface PoolOptions {
  readonly settings?: Partial<ScalerSettings>;
  readonly size?: number;
  /** Milliseconds from a resize until the new members are up. */
  readonly startMs?: number;
}

/** A cluster that an auto-scaler sizes, in closed loop: the load is what all its members bear together. */
export interface ScaledPool {
  readonly size: () => number;
  readonly changes: readonly Change[];
  readonly text: () => string;
  /**
   * Each second for so long. `metric` is what the sensor says of one member then; undefined: nothing is said. Anything that is no number is
   * said as it is.
   */
  run(seconds: number, metric: (second: number, size: number) => unknown): void;
}

export function aScaledPool({ settings = {}, size: first = 1, startMs = 0 }: PoolOptions = {}): ScaledPool {
  const world = aSeenWorld(10_000_000);
  const changes: Change[] = [];
  let size = first;
  let upAt = new Map<number, number>();
  let text = '';
  let wakeAt = Number.POSITIVE_INFINITY;
  let second = 0;
  let shown = '';

  function show(): void {
    const coming = [...upAt.values()].filter((at) => world.now < at).length;
    const now = `${changes.length} ${coming}`;
    if (now === shown) return;
    shown = now;
    for (const id of [...world.entities.keys()]) world.entities.delete(id);
    world.put(anEntity({ id: 'web', name: 'web', size, actual: 'RUNNING', sensors: { 'service.isUp': true } }));
    upAt = new Map(Array.from({ length: size }, (_, n) => [n + 1, upAt.get(n + 1) ?? world.now + (changes.length === 0 ? 0 : startMs)]));
    for (const [slot, at] of upAt) {
      const isUp = world.now >= at;
      const state = { actual: isUp ? 'RUNNING' : 'STARTING', sensors: { 'service.isUp': isUp } } as const;
      world.put(anEntity({ id: `m${slot}`, name: `web-${slot}`, parentId: 'web', slot, ...state }));
    }
  }

  const scaler = livingIn<ScalerSettings, ScalerMemory>(world, 'web', { ...SCALER, ...settings }, autoScaler.decide);

  function look(): void {
    show();
    const decision = scaler.decide();
    text = decision.highlight?.text ?? text;
    wakeAt = decision.lookAgainAt ?? Number.POSITIVE_INFINITY;
    for (const action of decision.actions ?? []) {
      const to = action.kind === 'effector' ? Number(action.parameters?.desiredSize) : Number.NaN;
      changes.push({ at: world.now, from: size, to });
      size = to;
      wakeAt = world.now + 1;
    }
  }

  return {
    size: () => size,
    changes,
    text: () => text,
    run(seconds, metric) {
      for (const end = second + seconds; second < end; second += 1) {
        world.now += 1_000;
        const value = metric(second, size);
        if (value !== undefined) world.readings.set('web load', { value: value as number, at: world.now });
        if (value !== undefined || world.now >= wakeAt) look();
      }
    },
  };
}

/** Changes of direction. */
export function turnsOf(changes: readonly Change[]): number {
  const signs = changes.map(({ from, to }) => Math.sign(to - from));
  return signs.filter((sign, n) => n > 0 && sign !== signs[n - 1]).length;
}

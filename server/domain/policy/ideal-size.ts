/** How a pool is sized by a metric of one member. */
export interface ScalingRules {
  /** Bounds of the metric; 0 and below is none. */
  readonly lower: number;
  readonly upper: number;
  readonly upIncrement: number;
  /** 0 never grows. */
  readonly upMax: number;
  readonly downIncrement: number;
  /** 0 never shrinks. */
  readonly downMax: number;
  readonly min: number;
  readonly max: number;
}

export type Temperature = 'hot' | 'cold' | 'ok';

export interface IdealSize {
  readonly temperature: Temperature;
  readonly size: number;
}

/** Brooklyn's AutoScalerPolicy: the load of all members, spread so that each is within the bounds. `metric` is finite, of one member. */
export function idealSize(metric: number, size: number, rules: ScalingRules): IdealSize {
  const { lower, upper } = rules;
  const total = metric * size;
  if (upper > 0 && metric > upper) {
    return { temperature: 'hot', size: clamp(stepped(size, clamp(Math.ceil(total / upper), rules), rules), rules) };
  }
  if (lower > 0 && metric < lower) {
    const wanted = stepped(size, clamp(Math.floor(total / lower), rules), rules);
    return { temperature: 'cold', size: clamp(notTooSmall(wanted, { size, total }, rules), rules) };
  }
  return { temperature: 'ok', size };
}

function stepped(size: number, ideal: number, rules: ScalingRules): number {
  const delta = ideal - size;
  if (delta > 0) return size + stepOf(delta, rules.upIncrement, rules.upMax);
  return delta < 0 ? size - stepOf(-delta, rules.downIncrement, rules.downMax) : size;
}

function stepOf(delta: number, increment: number, most: number): number {
  if (delta > most) return most;
  const step = Math.max(1, increment);
  return Math.ceil(delta / step) * step;
}

/** What would be too hot at once is not shrunk to. */
function notTooSmall(wanted: number, { size, total }: { readonly size: number; readonly total: number }, rules: ScalingRules): number {
  const step = Math.max(1, rules.downIncrement);
  let desired = wanted;
  while (desired < size && rules.upper > 0 && total > rules.upper * desired) desired += step;
  return Math.min(desired, size);
}

/** Where they contradict each other the largest counts, as in Brooklyn. */
export function clamp(size: number, { min, max }: Pick<ScalingRules, 'min' | 'max'>): number {
  return Math.min(Math.max(size, min), max);
}

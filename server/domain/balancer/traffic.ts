/** What a load balancer has counted since its process began. What it does not count is absent. */
export interface Counters {
  readonly requests: number;
  readonly errors?: number;
  readonly bytesReceived?: number;
  readonly bytesSent?: number;
  /** Until an answer begins, milliseconds, the mean of the last ones. */
  readonly responseMs?: number;
}

export interface Traffic {
  /** The process that counted: another one begins at nothing. */
  readonly countedBy: string;
  /** All that came from outside. */
  readonly whole: Counters;
  /** By the id of the entity that serves; null where it counts only the whole. */
  readonly servers: ReadonlyMap<string, Counters> | null;
}

/** What was counted for one entity, over all processes that counted. */
export interface Meter {
  readonly countedBy: string;
  readonly counted: Counters;
  readonly totals: Counters;
  /** Requests in total at times of the last while, milliseconds since the epoch, oldest first. */
  readonly samples: readonly { readonly at: number; readonly requests: number }[];
}

export interface Count {
  readonly countedBy: string;
  readonly counters: Counters;
  readonly at: number;
  /** What other load balancers have counted for it: the total that was told holds that already. */
  readonly byOthers?: Values;
}

type Values = Readonly<Record<string, number>>;

/** As long as Brooklyn's WebAppServiceMethods.DEFAULT_WINDOW_DURATION. */
const WINDOW_MS = 10_000;
const GROWING = ['requests', 'errors', 'bytesReceived', 'bytesSent'] as const;
const SENSOR_OF = {
  requests: 'webapp.reqs.total',
  errors: 'webapp.reqs.errors',
  bytesReceived: 'webapp.reqs.bytes.received',
  bytesSent: 'webapp.reqs.bytes.sent',
} as const;
const RESPONSE_TIME = 'webapp.reqs.responseTime';
const LAST = 'webapp.reqs.perSec.last';
const WINDOWED = 'webapp.reqs.perSec.windowed';
const PER_NODE = [SENSOR_OF.requests, SENSOR_OF.errors, LAST, WINDOWED];

/** @param known sensors of the entity: a total that the last console has told goes on from there */
export function countOn(
  before: Meter | undefined,
  { countedBy, counters, at, byOthers = {} }: Count,
  known: Readonly<Record<string, unknown>>,
): Meter {
  const isSame = before?.countedBy === countedBy && counters.requests >= before.counted.requests;
  const totals: Record<string, number> = { requests: 0 };
  for (const key of GROWING) {
    const now = counters[key];
    const told = known[SENSOR_OF[key]];
    if (now === undefined) continue;
    if (before === undefined)
      totals[key] = Math.max(0, Math.max(now, typeof told === 'number' ? told : 0) - (byOthers[SENSOR_OF[key]] ?? 0));
    else totals[key] = (before.totals[key] ?? 0) + (isSame ? Math.max(0, now - (before.counted[key] ?? 0)) : now);
  }
  const requests = totals.requests ?? 0;
  const samples = [...(before?.samples ?? []), { at, requests }];
  const begin = samples.findLastIndex((sample) => sample.at <= at - WINDOW_MS);
  return { countedBy, counted: counters, totals: { ...totals, requests }, samples: samples.slice(Math.max(0, begin)) };
}

/** It is not served any more: what it had stands. */
export function countNothing(meter: Meter, at: number): Meter {
  return countOn(meter, { countedBy: meter.countedBy, counters: meter.counted, at }, {});
}

/** Sensors of one entity; rates once they are known. */
export function toSensors({ totals, counted, samples }: Meter): Values {
  const [first, last, previous] = [samples[0], samples.at(-1), samples.at(-2)];
  const grown = GROWING.flatMap((key) => (totals[key] === undefined ? [] : [[SENSOR_OF[key], totals[key]] as const]));
  return {
    ...Object.fromEntries(grown),
    ...(counted.responseMs === undefined ? {} : { [RESPONSE_TIME]: counted.responseMs }),
    ...(first && last && previous ? { [LAST]: rate(previous, last), [WINDOWED]: rate(first, last) } : {}),
  };
}

function rate(from: Meter['samples'][number], to: Meter['samples'][number]): number {
  const elapsedMs = to.at - from.at;
  return elapsedMs <= 0 ? 0 : ((to.requests - from.requests) * 1_000) / elapsedMs;
}

/** Of several together: sums; the time to an answer is the mean over their requests. */
export function sumOfSensors(all: readonly Values[]): Values {
  const sum: Record<string, number> = {};
  let weights = 0;
  let weighted = 0;
  for (const values of all) {
    for (const [sensor, value] of Object.entries(values)) {
      if (sensor !== RESPONSE_TIME) sum[sensor] = (sum[sensor] ?? 0) + value;
    }
    const time = values[RESPONSE_TIME];
    if (time === undefined) continue;
    const weight = (values[WINDOWED] ?? 0) + Number.EPSILON;
    weights += weight;
    weighted += time * weight;
  }
  return weights === 0 ? sum : { ...sum, [RESPONSE_TIME]: weighted / weights };
}

/** @param nodes members that the sums are of, at least 1 */
export function withPerNode(sums: Values, nodes: number): Values {
  const means = PER_NODE.flatMap((sensor) => (sums[sensor] === undefined ? [] : [[`${sensor}.perNode`, sums[sensor] / nodes] as const]));
  return { ...sums, ...Object.fromEntries(means) };
}

import { CGROUP_FILES, type CgroupLayout, isContainerId, layoutKey, parseLayouts } from '../../domain/sensor/cgroup-layout.ts';
import { type CgroupSample, parseCgroupSample } from '../../domain/sensor/cgroup-sample.ts';
import type { HostCapacity } from '../../domain/sensor/host-capacity.ts';
import { type Usage, usageBetween } from '../../domain/sensor/usage-between.ts';
import type { Clock } from '../../ports/clock.ts';
import type { HostShell } from '../../ports/host-session.ts';
import type { HostCounters } from './host-counters.ts';
import { DISCOVER_SCRIPT, HOST_FILES, SAMPLE_SCRIPT } from './host-scripts.ts';

/** Ids in one environment string, which Linux limits to 128 KiB. */
const MAX_IDS = 1_500;
/** A container whose cgroup was not found is looked for again after so many samples. */
const SEEK_AGAIN_AFTER = 10;
const TELL_AFTER = 3;

export interface StatsSamplerOptions {
  readonly clock: Clock;
  readonly shell: HostShell;
  readonly counters: HostCounters;
  readonly sampleMs: number;
  readonly capacity: () => HostCapacity | null;
  /** Full ids of our running containers on this host. */
  readonly containerIds: () => readonly string[];
  /** Whether the host is ready; nothing is read while it is not. */
  readonly isReady: () => boolean;
  readonly onUsage: (usage: Usage, at: number) => void;
  /** The host's shell answered. */
  readonly onHeard: () => void;
  /** Called once when it goes on failing while the host is ready. */
  readonly onError: (error: unknown) => void;
}

/** Reads the cgroup counters of all our containers on one host at once, through its held shell, each `sampleMs`, never twice at a time. */
export interface StatsSampler {
  start(): void;
  stop(): void;
}

export function createStatsSampler(options: StatsSamplerOptions): StatsSampler {
  const { clock, shell, counters, sampleMs } = options;
  const layouts = new Map<string, CgroupLayout>();
  const missing = new Map<string, number>();
  let before: CgroupSample | null = null;
  let cancel: (() => void) | undefined;
  let stopped = true;
  let failures = 0;

  async function tick(): Promise<void> {
    const startedAt = clock.now();
    if (options.isReady()) await sample();
    else before = null;
    if (stopped) return;
    cancel = clock.after(Math.max(sampleMs / 4, sampleMs - (clock.now() - startedAt)), () => void tick());
  }

  async function sample(): Promise<void> {
    try {
      const ids = options.containerIds().filter(isContainerId);
      await discover(ids);
      const after = await read(ids);
      const capacity = options.capacity();
      counters.samples += 1;
      failures = 0;
      options.onHeard();
      const usage = before && capacity ? usageBetween(before, after, capacity) : null;
      before = after;
      if (usage && !stopped && options.isReady()) options.onUsage(usage, clock.now());
    } catch (error) {
      before = null;
      counters.samplesFailed += 1;
      failures += 1;
      if (failures === TELL_AFTER && options.isReady() && !stopped) options.onError(error);
    }
  }

  async function discover(ids: readonly string[]): Promise<void> {
    forgetOthers(layouts, ids);
    forgetOthers(missing, ids);
    const unknown = ids.filter((id) => !layouts.has(id) && isDue(id)).slice(0, MAX_IDS);
    if (unknown.length === 0) return;
    const { output } = await shell.run(DISCOVER_SCRIPT, { env: { CK_IDS: unknown.join(' ') }, timeoutMs: 10_000 });
    const found = parseLayouts(output);
    for (const id of unknown) {
      const layout = found.get(id);
      if (layout) layouts.set(id, layout);
      else missing.set(id, SEEK_AGAIN_AFTER);
    }
  }

  function isDue(id: string): boolean {
    const wait = missing.get(id) ?? 0;
    if (wait <= 0) return true;
    missing.set(id, wait - 1);
    return false;
  }

  async function read(ids: readonly string[]): Promise<CgroupSample> {
    const groups = groupByLayout(ids, layouts);
    const outputs: string[] = [];
    for (const [n, group] of (groups.length === 0 ? [NO_CONTAINERS] : groups).entries()) {
      const env = toEnvironment(group, n === 0);
      outputs.push((await shell.run(SAMPLE_SCRIPT, { env, timeoutMs: Math.max(3_000, 3 * sampleMs) })).output);
    }
    const sampled = parseCgroupSample(outputs.join('\n'));
    if (!sampled) throw new Error('the sample script printed no uptime');
    for (const id of ids) if (!sampled.containers.has(id)) layouts.delete(id);
    return sampled;
  }

  return {
    start() {
      if (!stopped) return;
      stopped = false;
      void tick();
    },
    stop() {
      stopped = true;
      cancel?.();
    },
  };
}

interface Group {
  readonly layout: CgroupLayout;
  readonly ids: readonly string[];
}

const NO_CONTAINERS: Group = { layout: { version: 2, cpu: '', memory: '', suffix: '' }, ids: [] };

function groupByLayout(ids: readonly string[], layouts: ReadonlyMap<string, CgroupLayout>): readonly Group[] {
  const groups = new Map<string, { layout: CgroupLayout; ids: string[] }>();
  for (const id of ids) {
    const layout = layouts.get(id);
    if (!layout) continue;
    const key = layoutKey(layout);
    const group = groups.get(key) ?? { layout, ids: [] };
    group.ids.push(id);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap((group) => chunks(group));
}

function chunks(group: Group): readonly Group[] {
  const count = Math.ceil(group.ids.length / MAX_IDS);
  return Array.from({ length: count }, (_, n) => ({ layout: group.layout, ids: group.ids.slice(n * MAX_IDS, (n + 1) * MAX_IDS) }));
}

function toEnvironment({ layout, ids }: Group, withHost: boolean): Readonly<Record<string, string>> {
  const files = CGROUP_FILES[layout.version];
  return {
    CK_HOST: withHost ? HOST_FILES : '',
    CK_IDS: ids.join(' '),
    CK_CPU: layout.cpu,
    CK_MEMORY: layout.memory,
    CK_SUFFIX: layout.suffix,
    CK_CPU_FILE: files.cpu,
    CK_MEMORY_FILE: files.memory,
  };
}

function forgetOthers(known: Map<string, unknown>, ids: readonly string[]): void {
  if (known.size === 0) return;
  const kept = new Set(ids);
  for (const id of known.keys()) if (!kept.has(id)) known.delete(id);
}

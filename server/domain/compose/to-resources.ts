import { type Findings, quoteText } from '../blueprint/findings.ts';
import { entryAt, mapAt, scalarAt } from '../blueprint/source-builder.ts';
import { isNothing, type SourceEntry, type SourceMap, textOf } from '../blueprint/source-node.ts';
import { parseBytes } from '../entity/quantities.ts';
import { addDangerous, addUnsupported, addValue, checkKeys, placeOf } from './compose-findings.ts';
import type { ComposeService } from './compose-model.ts';
import { type Bounds, readBytes, readInteger, readMap, readNumber } from './read-value.ts';

const LIMIT_KEYS = ['cpus', 'memory', 'pids'];
const RESERVATION_KEYS = ['cpus', 'memory', 'devices', 'generic_resources'];
/** Docker's least memory of a container. */
const LEAST_MEMORY = 6 * 1024 * 1024;
const CPUS = { min: 0, max: 1024 };
const PIDS = { min: -1, max: 4_194_304 };

/** Limits and reservations, in the words of `deploy.resources` and those from before it. */
export function toResources(service: ComposeService, resources: SourceMap | undefined): readonly SourceEntry[] {
  const { attributes, context } = service;
  const { findings } = context;
  if (resources !== undefined) checkKeys(findings, resources, ['limits', 'reservations']);
  const limits = readMap(findings, resources?.entries.get('limits'));
  const reservations = readMap(findings, resources?.entries.get('reservations'));
  if (limits !== undefined) checkKeys(findings, limits, LIMIT_KEYS);
  if (reservations !== undefined) checkReservations(reservations, findings);
  const one = (key: string, path: SourceMap | undefined, below: string) => {
    const entry = attributes.get(key);
    return agreeing(entry, path?.entries.get(below), findings);
  };
  return [
    ...toCpus(one('cpus', limits, 'cpus'), attributes, findings),
    ...toMemory(one('mem_limit', limits, 'memory'), 'docker.memory', findings),
    ...toPids(one('pids_limit', limits, 'pids'), findings),
    ...toMemory(one('mem_reservation', reservations, 'memory'), 'docker.memory.reservation', findings),
    ...toNumber(reservations?.entries.get('cpus'), 'docker.cpus.reservation', { ...CPUS, min: 0.001 }, findings),
    ...toSwap(attributes.get('memswap_limit'), findings),
    ...toInteger(attributes.get('cpu_shares'), 'docker.cpu.shares', { min: 2, max: 262_144 }, findings),
    ...toCpuSet(attributes.get('cpuset'), findings),
    ...toShmSize(attributes.get('shm_size'), findings),
    ...toUlimits(attributes.get('ulimits'), findings),
  ];
}

/** One of two that mean the same; both only where they say the same. */
function agreeing(a: SourceEntry | undefined, b: SourceEntry | undefined, findings: Findings): SourceEntry | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const [first, second] = [textOf(a.value) ?? '', textOf(b.value) ?? ''];
  const same =
    first === second || Number(first) === Number(second) || (parseBytes(first) !== null && parseBytes(first) === parseBytes(second));
  if (!same) {
    const message = `${quoteText(a.key)} is ${quoteText(first)} here, and ${quoteText(b.key)} below “deploy” is ${quoteText(second)}.`;
    findings.add('compose-conflict', { ...placeOf(a), message, hint: 'Keep one.' });
  }
  return b;
}

function toCpus(entry: SourceEntry | undefined, attributes: ComposeService['attributes'], findings: Findings): readonly SourceEntry[] {
  if (entry !== undefined) {
    const cpus = readNumber(findings, entry, CPUS);
    // 0 is no limit.
    return cpus === undefined || cpus === 0 ? [] : toNumber(entry, 'docker.cpus', { ...CPUS, min: 0.01 }, findings);
  }
  const quota = attributes.get('cpu_quota');
  const quotaUs = readInteger(findings, quota, { min: -1, max: 1e12 });
  const periodUs = readInteger(findings, attributes.get('cpu_period'), { min: 1000, max: 1_000_000 }) ?? 100_000;
  if (quota === undefined || quotaUs === undefined || quotaUs <= 0) return [];
  return [entryAt(quota.range, 'docker.cpus', scalarAt(quota.value.range, Math.max(0.01, Math.round((quotaUs / periodUs) * 100) / 100)))];
}

function toMemory(entry: SourceEntry | undefined, key: string, findings: Findings): readonly SourceEntry[] {
  if (entry === undefined || textOf(entry.value) === '0') return [];
  const size = readBytes(findings, entry, LEAST_MEMORY);
  return size === undefined ? [] : [entryAt(entry.range, key, scalarAt(size.range, size.text))];
}

function toPids(entry: SourceEntry | undefined, findings: Findings): readonly SourceEntry[] {
  const pids = readInteger(findings, entry, PIDS);
  if (entry === undefined || pids === undefined || pids === -1) return [];
  if (pids > 0) return [entryAt(entry.range, 'docker.container.pidsLimit', scalarAt(entry.value.range, pids))];
  addValue(findings, entry.value, `${quoteText(entry.key)} is at least 1, or -1 for no limit.`);
  return [];
}

function toSwap(entry: SourceEntry | undefined, findings: Findings): readonly SourceEntry[] {
  const text = entry === undefined ? null : textOf(entry.value);
  if (entry === undefined || text === '0') return [];
  if (text === '-1') return [entryAt(entry.range, 'docker.memory.swap', scalarAt(entry.value.range, -1))];
  return toMemory(entry, 'docker.memory.swap', findings);
}

function toNumber(entry: SourceEntry | undefined, key: string, bounds: Bounds, findings: Findings): readonly SourceEntry[] {
  const number = readNumber(findings, entry, bounds);
  return entry === undefined || number === undefined ? [] : [entryAt(entry.range, key, scalarAt(entry.value.range, number))];
}

function toInteger(entry: SourceEntry | undefined, key: string, bounds: Bounds, findings: Findings): readonly SourceEntry[] {
  const number = readInteger(findings, entry, bounds);
  return entry === undefined || number === undefined ? [] : [entryAt(entry.range, key, scalarAt(entry.value.range, number))];
}

function toCpuSet(entry: SourceEntry | undefined, findings: Findings): readonly SourceEntry[] {
  const text = entry === undefined ? null : textOf(entry.value);
  if (entry === undefined) return [];
  if (text !== null && /^\d{1,4}(?:-\d{1,4})?(?:,\d{1,4}(?:-\d{1,4})?)*$/.test(text)) {
    return [entryAt(entry.range, 'docker.cpu.set', scalarAt(entry.value.range, text))];
  }
  addValue(findings, entry.value, `“cpuset” names CPUs such as 0-3 or 0,1, not ${quoteText(text ?? '')}.`);
  return [];
}

function toShmSize(entry: SourceEntry | undefined, findings: Findings): readonly SourceEntry[] {
  const size = readBytes(findings, entry);
  return entry === undefined || size === undefined
    ? []
    : [entryAt(entry.range, 'docker.container.shmSize', scalarAt(size.range, size.text))];
}

const LIMIT = { min: -1, max: 999_999_999_999_999 };

function toUlimits(entry: SourceEntry | undefined, findings: Findings): readonly SourceEntry[] {
  const map = readMap(findings, entry);
  if (entry === undefined || map === undefined) return [];
  const limits = [...map.entries.values()].flatMap((limit) => {
    if (limit.value.kind !== 'map') return toInteger(limit, limit.key, LIMIT, findings);
    checkKeys(findings, limit.value, ['soft', 'hard']);
    const both = ['soft', 'hard'].flatMap((key) =>
      toInteger(limit.value.kind === 'map' ? limit.value.entries.get(key) : undefined, key, LIMIT, findings),
    );
    if (both.length === 2) return [entryAt(limit.range, limit.key, mapAt(limit.value.range, both))];
    addValue(findings, limit.value, `${quoteText(limit.key)} needs “soft” and “hard”, or one number.`);
    return [];
  });
  return limits.length === 0 ? [] : [entryAt(entry.range, 'docker.container.ulimits', mapAt(entry.value.range, limits))];
}

function checkReservations(reservations: SourceMap, findings: Findings): void {
  checkKeys(findings, reservations, RESERVATION_KEYS);
  const devices = reservations.entries.get('devices');
  if (devices !== undefined && !isNothing(devices.value)) {
    addDangerous(findings, devices, 'deploy.resources.reservations.devices', 'devices of a host are not given to containers');
  }
  const generic = reservations.entries.get('generic_resources');
  if (generic !== undefined && !isNothing(generic.value))
    addUnsupported(findings, generic, 'hosts are known by their CPUs and memory only');
}

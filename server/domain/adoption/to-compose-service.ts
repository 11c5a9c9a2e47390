import type { FoldedValue } from '../compose/fold-expression.ts';
import { isEmpty } from '../entity/config-texts.ts';
import { canonicalJson } from '../shared/json.ts';
import { shortIdOf } from './adoption-names.ts';
import type { ContainerDescription, HealthcheckDescription, ImageDescription, MountDescription } from './container-description.ts';

/** Docker's. */
const SHM_BYTES = 64 * 1024 ** 2;
const STOP_TIMEOUT_S = 10;
const SIZES: ReadonlySet<string> = new Set(['mem_limit', 'memswap_limit', 'mem_reservation', 'shm_size']);
const UNITS: readonly (readonly [bytes: number, word: string])[] = [
  [1024 ** 3, 'g'],
  [1024 ** 2, 'm'],
  [1024, 'k'],
];
const RUNTIMES: readonly string[] = ['', 'runc', 'io.containerd.runc.v2'];
const NO_IMAGE: ImageDescription = {
  ...{
    names: [],
    entrypoint: [],
    command: [],
    env: [],
    labels: {},
    volumes: [],
    user: '',
    workingDir: '',
    stopSignal: '',
    healthcheck: null,
  },
};
/** By which Docker, Compose and Clocker know what is theirs. */
const RESERVED = /^(?:com\.docker\.|io\.docker\.|org\.dockerproject\.|io\.clocker\.)/;
const ANONYMOUS = /^[0-9a-f]{64}$/;

/** A service of Compose; keys are those of the specification. */
export type ComposeServiceValue = Readonly<Record<string, FoldedValue>>;

export interface ServiceSurroundings {
  /** What the application calls a network or a volume of the host. */
  readonly networkAs: (name: string) => string;
  readonly volumeAs: (name: string) => string;
  /** On hosts with cgroups of version 1 every container shares those of its host. */
  readonly cgroupVersion: string;
}

/**
 * A container as a service of Compose: what it says otherwise than its image. Names by which it is found, published ports and what it waits for are
 * left to those who know the others. What Compose or Clocker has no words for is kept all the same, for its importer to tell.
 */
export function toComposeService(container: ContainerDescription, around: ServiceSurroundings): ComposeServiceValue {
  const image = container.of ?? NO_IMAGE;
  return withoutEmpty({
    image: imageOf(container),
    ...processOf(container, image),
    environment: environmentOf(container, image),
    ...mountsOf(container, image, around),
    ...healthcheckOf(container, image),
    restart: restartOf(container),
    ...resourcesOf(container),
    ...securityOf(container, around),
    ...namesOf(container),
    labels: labelsOf(container, image),
    logging: loggingOf(container),
  });
}

/** A name by which it can be had again: an id is none. Undefined where its image has none. */
export function imageOf({ image, of }: ContainerDescription): string | undefined {
  return isId(image) ? of?.names[0] : image;
}

export function isId(image: string): boolean {
  return /^(?:sha256:)?[0-9a-f]{12,64}$/.test(image);
}

export function isAnonymous({ type, name }: MountDescription): boolean {
  return type === 'volume' && (name === '' || ANONYMOUS.test(name));
}

/** Docker's words for what an end means; Docker leaves it as it ended unless told otherwise. */
export function restartOf({ restart: { name, most } }: ContainerDescription): string {
  if (name === '') return 'no';
  return name === 'on-failure' && most > 0 ? `on-failure:${most}` : name;
}

function processOf(container: ContainerDescription, image: ImageDescription): ComposeServiceValue {
  const { entrypoint, command, user, workingDir, hostname, domainname, stopSignal, stopTimeoutS } = container;
  const hasOwnEntrypoint = !isSame(entrypoint, image.entrypoint);
  const hasOwnCommand = hasOwnEntrypoint ? command.length > 0 : !isSame(command, image.command);
  return {
    ...(hasOwnEntrypoint ? { entrypoint: entrypoint.length === 0 ? '' : entrypoint } : {}),
    ...(hasOwnCommand ? { command } : {}),
    ...(user === image.user ? {} : { user }),
    ...(workingDir === image.workingDir ? {} : { working_dir: workingDir }),
    ...(hostname === shortIdOf(container) || container.networkMode === 'host' ? {} : { hostname }),
    domainname,
    ...(container.tty ? { tty: true } : {}),
    ...(container.stdinOpen ? { stdin_open: true } : {}),
    ...(container.init ? { init: true } : {}),
    ...(container.readOnly ? { read_only: true } : {}),
    ...(stopSignal === image.stopSignal ? {} : { stop_signal: stopSignal }),
    ...(stopTimeoutS === null || stopTimeoutS === STOP_TIMEOUT_S ? {} : { stop_grace_period: `${stopTimeoutS}s` }),
    group_add: container.groupAdd,
    ...(container.oomScoreAdj === 0 ? {} : { oom_score_adj: container.oomScoreAdj }),
  };
}

function environmentOf({ env }: ContainerDescription, image: ImageDescription): FoldedValue {
  const own = env.filter((entry) => !image.env.includes(entry) && entry.includes('='));
  return Object.fromEntries(own.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]));
}

function labelsOf({ labels }: ContainerDescription, image: ImageDescription): FoldedValue {
  return Object.fromEntries(Object.entries(labels).filter(([key, value]) => image.labels[key] !== value && !RESERVED.test(key)));
}

function mountsOf(container: ContainerDescription, image: ImageDescription, { volumeAs }: ServiceSurroundings): ComposeServiceValue {
  const { mounts, tmpfs } = container;
  const volumes = mounts.flatMap((mount): readonly FoldedValue[] => {
    const { type, name, source, target, readOnly, subpath } = mount;
    const mode = readOnly ? ':ro' : '';
    // Those without a name that the image declares come by themselves.
    if (isAnonymous(mount)) return image.volumes.includes(target) ? [] : [target];
    if (subpath !== '') return [{ type, source: volumeAs(name), target, volume: { subpath } }];
    if (type === 'volume') return [`${volumeAs(name)}:${target}${mode}`];
    if (type === 'bind') return [`${source}:${target}${mode}`];
    return type === 'tmpfs' ? [] : [{ type, source, target }];
  });
  const inMemory = new Set([...Object.keys(tmpfs), ...mounts.flatMap(({ type, target }) => (type === 'tmpfs' ? [target] : []))]);
  const folders = [...inMemory].map((path) => (tmpfs[path] ? `${path}:${tmpfs[path]}` : path));
  return { volumes, tmpfs: folders };
}

function healthcheckOf({ healthcheck }: ContainerDescription, image: ImageDescription): ComposeServiceValue {
  if (healthcheck === null || isSame(healthcheck, image.healthcheck)) return {};
  const { test, retries } = healthcheck;
  if (test.length === 0) return {};
  if (test[0] === 'NONE') return { healthcheck: { disable: true } };
  return { healthcheck: { test, ...timesOf(healthcheck), ...(retries === 0 ? {} : { retries }) } };
}

function timesOf({ intervalMs, timeoutMs, startPeriodMs, startIntervalMs }: HealthcheckDescription): ComposeServiceValue {
  const given = { interval: intervalMs, timeout: timeoutMs, start_period: startPeriodMs, start_interval: startIntervalMs };
  return Object.fromEntries(Object.entries(given).flatMap(([key, ms]) => (ms === 0 ? [] : [[key, durationOf(ms)]])));
}

function durationOf(ms: number): string {
  return ms % 1_000 === 0 ? `${ms / 1_000}s` : `${ms}ms`;
}

function resourcesOf(container: ContainerDescription): ComposeServiceValue {
  const { memoryBytes, memorySwapBytes } = container;
  // Docker allows as much swap again unless told otherwise; here a limit is one.
  const swap = memorySwapBytes === memoryBytes || memorySwapBytes === 2 * memoryBytes ? 0 : memorySwapBytes;
  const given = {
    ...{ cpus: container.cpus, mem_limit: memoryBytes, memswap_limit: swap, mem_reservation: container.memoryReservationBytes },
    ...{ cpu_shares: container.cpuShares, pids_limit: Math.max(0, container.pidsLimit) },
    shm_size: container.shmBytes === SHM_BYTES ? 0 : container.shmBytes,
  };
  const numbers = Object.entries(given).flatMap(([key, value]) =>
    value === 0 ? [] : [[key, SIZES.has(key) ? sizeOf(value) : value] as const],
  );
  const ulimits = Object.fromEntries(container.ulimits.map(({ name, soft, hard }) => [name, soft === hard ? soft : { soft, hard }]));
  return { ...Object.fromEntries(numbers), cpuset: container.cpuset, ulimits };
}

/** As people write it, where it is a whole number of a unit. */
function sizeOf(bytes: number): FoldedValue {
  const unit = UNITS.find(([size]) => bytes > 0 && bytes % size === 0);
  return unit === undefined ? bytes : `${bytes / unit[0]}${unit[1]}`;
}

function securityOf(container: ContainerDescription, { cgroupVersion }: ServiceSurroundings): ComposeServiceValue {
  const { privileged, runtime, cgroupMode, ipcMode } = container;
  return {
    ...(privileged ? { privileged: true } : {}),
    cap_add: container.capAdd.map(withoutPrefix),
    cap_drop: container.capDrop.map(withoutPrefix),
    // Docker adds one by itself to what may do everything.
    security_opt: privileged ? container.securityOptions.filter((option) => option !== 'label=disable') : container.securityOptions,
    devices: container.devices.map((device) => device.replace(/^([^:]+):\1(?=:|$)/, '$1').replace(/:rwm$/, '')),
    sysctls: container.sysctls,
    pid: container.pidMode,
    ipc: ipcMode === 'shareable' || ipcMode === 'none' ? '' : ipcMode,
    uts: container.utsMode,
    userns_mode: container.usernsMode,
    cgroup: cgroupMode === 'host' && cgroupVersion === '1' ? '' : cgroupMode,
    cgroup_parent: container.cgroupParent,
    ...(RUNTIMES.includes(runtime) ? {} : { runtime }),
    ...(container.deviceRequests > 0 ? { gpus: 'all' } : {}),
  };
}

function namesOf(container: ContainerDescription): ComposeServiceValue {
  const { extraHosts, dns, dnsSearch, dnsOptions, links } = container;
  return { extra_hosts: extraHosts, dns, dns_search: dnsSearch, dns_opt: dnsOptions, external_links: links };
}

function loggingOf({ logging: { driver, options } }: ContainerDescription): FoldedValue {
  return driver === '' || (driver === 'json-file' && isEmpty(options)) ? {} : { driver, ...(isEmpty(options) ? {} : { options }) };
}

function withoutPrefix(capability: string): string {
  return capability.replace(/^CAP_/, '');
}

function isSame(one: unknown, other: unknown): boolean {
  return canonicalJson(one) === canonicalJson(other);
}

function withoutEmpty(service: Readonly<Record<string, FoldedValue | undefined>>): ComposeServiceValue {
  const kept = Object.entries(service).filter(([key, value]) => key === 'entrypoint' || (value !== '' && !isNothing(value)));
  return Object.fromEntries(kept) as ComposeServiceValue;
}

function isNothing(value: FoldedValue | undefined): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}

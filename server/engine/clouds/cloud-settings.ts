import { type CloudNaming, cloudName } from '../../domain/cloud/cloud-name.ts';
import { cloudOfHost } from '../../domain/cloud/cloud-of-host.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { Host } from '../../domain/entity/host.ts';
import { parseBytes, parseDurationMs } from '../../domain/entity/quantities.ts';
import { SDN_PROVIDER_CONFIG } from '../../domain/entity-types/sdn-config.ts';
import type { HeadroomRules } from '../../domain/headroom/plan-headroom.ts';
import { readEngineSettings } from '../../domain/host-setup/engine-config.ts';
import type { EngineSettings } from '../../domain/host-setup/merge-daemon-config.ts';
import { type CloudNetworking, DEFAULT_POOL, DEFAULT_PREFIX } from '../../domain/network/virtual-network.ts';
import type { StrategyChoice } from '../../domain/placement/placement.ts';
import { readChoices } from '../../domain/placement/read-choices.ts';
import { findPlacementPlugin } from '../../domain/placement/resolve-strategies.ts';
import { toRegistryAddress } from '../../domain/registry/registry.ts';
import { isJsonObject, type Json } from '../../domain/shared/json.ts';
import type { StoreView } from '../../ports/store.ts';
import { configOf } from '../config-of.ts';
import type { EngineContext } from '../engine-context.ts';

const DEPTH_FIRST: StrategyChoice = { strategy: 'depth-first', config: {} };
const MOST_CONTAINERS = 8;
const UP_DELAY_MS = 30_000;
const DOWN_DELAY_MS = 300_000;
const SHUTDOWN_MS = 300_000;
const START_MS = 300_000;

/** Reads config of a Docker cloud and of its hosts: keys are Clocker's. */
export interface CloudSettings {
  readonly naming: CloudNaming;
  readonly strategies: readonly StrategyChoice[];
  readonly maxHosts: number | undefined;
  /** Where built images are pushed: `Cloud.imageRegistry`. */
  readonly imageRegistry: string | undefined;
  readonly networking: CloudNetworking | undefined;
  /** Null where no headroom is asked for: the size is then what a person says. */
  readonly headroom: HeadroomRules | null;
  readonly givesBack: boolean;
  readonly upDelayMs: number;
  readonly downDelayMs: number;
  readonly shutdownMs: number;
}

export function readCloudSettings({ plugins }: Pick<EngineContext, 'plugins'>, view: StoreView, cloud: Entity): CloudSettings {
  const read = (key: string): Json | undefined => configOf(cloud, key, { view, types: plugins.entityTypes });
  const most = toNumber(read('docker.container.cluster.maxSize'));
  const strategies = readStrategies(read('docker.container.strategies'), most, plugins.placement);
  const maxHosts = toNumber(read('docker.host.cluster.max.size'));
  const minHosts = toNumber(read('docker.host.cluster.initial.size')) ?? 1;
  const count = positive(toNumber(read('docker.container.cluster.headroom.count')));
  const percent = toPart(positive(toNumber(read('docker.container.cluster.headroom.percent'))));
  const cpus = positive(toNumber(read('docker.container.cluster.headroom.cpus')));
  const memoryBytes = positive(toBytes(read('docker.container.cluster.headroom.memory')));
  const wishes = {
    ...(count === undefined ? {} : { count }),
    ...(percent === undefined ? {} : { percent }),
    ...(cpus === undefined ? {} : { cpus }),
    ...(memoryBytes === undefined ? {} : { memoryBytes }),
  };
  const removesEmpty = isTrue(read('docker.host.removeEmpty'));
  const isWanted = Object.keys(wishes).length > 0 || removesEmpty;
  const bounds = { minHosts: removesEmpty ? Math.min(minHosts, 1) : minHosts, ...(maxHosts === undefined ? {} : { maxHosts }) };
  return {
    naming: cloudName({
      prefix: read('entity.dynamicLocation.prefix'),
      name: read('entity.dynamicLocation.name'),
      suffix: read('entity.dynamicLocation.suffix'),
      fallback: cloud.name,
    }),
    strategies,
    maxHosts,
    imageRegistry: isTrue(read('docker.registry.writeable')) ? toRegistryAddress(String(read('docker.registry.url') ?? '')) : undefined,
    networking: isTrue(read('sdn.enable')) ? readNetworking(read('sdn.provider.spec'), plugins.sdnProviders) : undefined,
    headroom: isWanted ? { maxContainers: placesOf(strategies) ?? most ?? MOST_CONTAINERS, ...wishes, ...bounds } : null,
    givesBack: removesEmpty || !isFalse(read('docker.container.cluster.cold.enabled')),
    upDelayMs: toMs(read('autoscaler.resizeUpStabilizationDelay')) ?? UP_DELAY_MS,
    downDelayMs: toMs(read('autoscaler.resizeDownStabilizationDelay')) ?? DOWN_DELAY_MS,
    shutdownMs: toMs(read('docker.timeout.shutdown')) ?? SHUTDOWN_MS,
  };
}

const POOL = 'sdn.network.cidr';
const PREFIX = 'sdn.network.size';
/** Where a cloud wants networks that reach all of its hosts and does not say how. */
const DEFAULT_PROVIDER = 'vxlan';

/** Undefined where nothing makes such networks: the planner has said so. */
function readNetworking(spec: Json | undefined, providers: EngineContext['plugins']['sdnProviders']): CloudNetworking | undefined {
  const given = isJsonObject(spec) && isJsonObject(spec.$spec) ? spec.$spec : undefined;
  const type = given?.type;
  const provider =
    type === undefined ? providers.get(DEFAULT_PROVIDER) : [...providers.values()].find(({ aliases }) => aliases.includes(String(type)));
  if (!provider) return undefined;
  const config = isJsonObject(given?.config) ? given.config : {};
  const own = Object.fromEntries(Object.entries(config).filter(([key]) => !Object.hasOwn(SDN_PROVIDER_CONFIG, key)));
  const parsed = provider.config.safeParse(own);
  return {
    provider: provider.id,
    pool: typeof config[POOL] === 'string' ? config[POOL] : DEFAULT_POOL,
    prefix: toNumber(config[PREFIX]) ?? DEFAULT_PREFIX,
    config: parsed.success ? own : {},
    ...(provider.reach === undefined ? {} : { reach: provider.reach }),
  };
}

export interface HostSettings {
  readonly nameFormat: string | undefined;
  readonly minMemoryBytes: number | undefined;
  readonly minCpus: number | undefined;
  /** It has Docker already: nothing is installed. */
  readonly hasEngine: boolean;
  readonly startTimeoutMs: number;
}

/** What the host's own spec says, else its cloud. */
export function readHostSettings({ plugins }: Pick<EngineContext, 'plugins'>, view: StoreView, host: Entity): HostSettings {
  const source = { view, types: plugins.entityTypes };
  const cloud = host.parentId === null ? undefined : view.get('entity', host.parentId);
  const read = (key: string): Json | undefined => configOf(host, key, source) ?? (cloud && configOf(cloud, key, source));
  const flags = read('docker.host.flags') ?? read('provisioning.properties');
  const { minRam, minCores }: { readonly [key: string]: Json | undefined } = isJsonObject(flags) ? flags : {};
  const format = read('docker.host.nameFormat');
  return {
    nameFormat: typeof format === 'string' ? format : undefined,
    minMemoryBytes: toRam(minRam),
    minCpus: toNumber(minCores),
    hasEngine: isTrue(read('skip.install')) || isTrue(read('install.skip')),
    startTimeoutMs: toMs(read('start.timeout')) ?? START_MS,
  };
}

/** What the Docker cloud of a host wants of its engine; of a cloud that a person made, what every engine is told. */
export function readEngineSettingsOf({ plugins, store }: Pick<EngineContext, 'plugins' | 'store'>, host: Host): EngineSettings {
  const found = cloudOfHost(store.view, host);
  const cloud = found?.entityId === undefined ? undefined : store.view.get('entity', found.entityId);
  const settings = readEngineSettings((key) => cloud && configOf(cloud, key, { view: store.view, types: plugins.entityTypes }));
  const isWithout = found?.networking && plugins.sdnProviders.get(found.networking.provider)?.withoutLiveRestore;
  return isWithout ? { ...settings, liveRestore: false } : settings;
}

/** Strategies as the cloud's record keeps them: canonical names, and Clocker's limit of containers as one of them. */
function readStrategies(
  value: Json | undefined,
  most: number | undefined,
  plugins: EngineContext['plugins']['placement'],
): readonly StrategyChoice[] {
  const chosen = readChoices(value).map((choice) => ({
    ...choice,
    strategy: findPlacementPlugin(choice.strategy, plugins)?.id ?? choice.strategy,
  }));
  const ordered = chosen.length === 0 ? [DEPTH_FIRST] : chosen;
  const isLimited = most === undefined || placesOf(ordered) !== undefined;
  return isLimited ? ordered : [{ strategy: 'max-containers', config: { maxContainers: most } }, ...ordered];
}

function placesOf(strategies: readonly StrategyChoice[]): number | undefined {
  const limits = strategies
    .filter(({ strategy }) => strategy === 'max-containers')
    .map(({ config }) => toNumber(config.maxContainers) ?? MOST_CONTAINERS);
  return limits.length === 0 ? undefined : Math.max(1, Math.min(...limits));
}

/** Brooklyn counts a plain number as MiB. */
function toRam(value: Json | undefined): number | undefined {
  const number = toNumber(value);
  return number === undefined ? toBytes(value) : number * 1024 ** 2;
}

function toBytes(value: Json | undefined): number | undefined {
  return typeof value === 'string' || typeof value === 'number' ? (parseBytes(value) ?? undefined) : undefined;
}

function toMs(value: Json | undefined): number | undefined {
  return typeof value === 'string' || typeof value === 'number' ? (parseDurationMs(value) ?? undefined) : undefined;
}

function toNumber(value: Json | undefined): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function toPart(value: number | undefined): number | undefined {
  return value === undefined || value >= 1 ? undefined : value;
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 ? value : undefined;
}

function isTrue(value: Json | undefined): boolean {
  return value === true || value === 'true';
}

function isFalse(value: Json | undefined): boolean {
  return value === false || value === 'false';
}

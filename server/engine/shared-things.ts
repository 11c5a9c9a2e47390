import { networks as networksSchema, toNetworkDefinitions, toNetworks } from '../domain/entity/container-networks.ts';
import {
  type ContainerSpec,
  endsAtHost,
  type NetworkAttachment,
  type NetworkDefinition,
  type VolumeDefinition,
} from '../domain/entity/container-spec.ts';
import { toVolumeDefinitions, toVolumes, volumes as volumesSchema } from '../domain/entity/container-volumes.ts';
import type { Entity } from '../domain/entity/entity.ts';
import { cloudNamed, locationOf } from '../domain/entity/location.ts';
import { networkName, volumeName } from '../domain/entity/ownership.ts';
import { type NetworkChanges, withChanges } from '../domain/network/network-change.ts';
import { sharedNetworkName } from '../domain/network/standing-network.ts';
import { reachOf } from '../domain/network/virtual-network.ts';
import type { Json } from '../domain/shared/json.ts';
import type { StoreView } from '../ports/store.ts';
import { type ConfigSource, configOf } from './config-of.ts';
import { hashOf } from './spec-hash.ts';

/** What a container shares with others of its application: networks that it joins, volumes that the application declares. */
export interface SharedThings {
  readonly networks: readonly NetworkAttachment[];
  /** By logical name. */
  readonly volumes: Readonly<Record<string, VolumeDefinition>>;
}

const NETWORKS = 'docker.container.networks';
/** As Clocker has one for each application. */
const APPLICATION_NETWORK = 'application';
const VOLUMES = 'docker.container.volumes';
const NOTHING: SharedThings = { networks: [], volumes: {} };

/** As far as its config can be evaluated now. */
export function sharedThingsOf(entity: Entity, source: ConfigSource): SharedThings {
  const networks = configOf(entity, NETWORKS, source) ?? listedNetworks(entity, source);
  const volumes = configOf(entity, VOLUMES, source);
  if (networks === undefined && volumes === undefined && changesOf(entity, source.view).length === 0) return NOTHING;
  const root = rootOf(entity, source.view);
  const reading: Reading = { entity, root, source };
  return { networks: networksOf(networks, reading), volumes: volumesOf(volumes, reading) };
}

/**
 * Where it names no networks itself: those of Clocker’s `network.list`, and in a cloud whose networks reach all hosts before them the one that each
 * application has of its own.
 */
function listedNetworks(entity: Entity, source: ConfigSource): Json | undefined {
  const given = configOf(entity, 'network.list', source);
  const listed = typeof given === 'string' ? [given] : Array.isArray(given) ? given : [];
  const hasOwn = reachIn(entity, source) !== undefined && String(configOf(entity, 'sdn.applicationNetwork.create', source)) !== 'false';
  if (listed.length === 0 && (!hasOwn || configOf(entity, 'docker.container.networkMode', source) !== undefined)) return undefined;
  return [...new Set([...(hasOwn ? [APPLICATION_NETWORK] : []), ...listed.map(String)])];
}

/** How far networks of its cloud reach. */
function reachIn(entity: Entity, { view }: ConfigSource): ReturnType<typeof reachOf> {
  return reachOf(cloudNamed(view, locationOf(view, entity))?.networking);
}

interface Reading {
  readonly entity: Entity;
  readonly root: Entity;
  readonly source: ConfigSource;
}

function networksOf(asked: Json | undefined, { entity, root, source }: Reading): readonly NetworkAttachment[] {
  const parsed = networksSchema.safeParse(asked ?? []);
  if (!parsed.success) return [];
  const definitions = toNetworkDefinitions(configOf(root, 'docker.networks', source));
  const reach = reachIn(entity, source);
  const aliases = configOf(entity, 'docker.container.aliases', source);
  const further = Array.isArray(aliases) ? aliases.map(String) : [];
  const own = namesOf(entity, source.view);
  const given = toNetworks({ [NETWORKS]: parsed.data, 'docker.container.aliases': further });
  const networks = withChanges(given, changesOf(entity, source.view), (attached) => ({
    ...attached,
    aliases: further,
    attached: true,
    definition: {},
  }));
  return networks.map((network) => ({
    ...network,
    aliases: [...new Set([...own, ...network.aliases])],
    definition: reaching(definitions[network.name] ?? {}, reach),
  }));
}

/** What operators have changed in the networks of an entity, and of those above it, the topmost first. */
function changesOf(entity: Entity, view: StoreView): readonly NetworkChanges[] {
  const parent = entity.parentId === null ? undefined : view.get('entity', entity.parentId);
  return [...(parent ? changesOf(parent, view) : []), ...(entity.networks ? [entity.networks] : [])];
}

/** What others made ends where it ends; a network of the cloud reaches all of its hosts. */
function reaching(definition: NetworkDefinition, reach: ReturnType<typeof reachOf>): NetworkDefinition {
  if (definition.shared !== undefined) return { ...definition, provider: 'cloud' };
  return reach === undefined || definition.external !== undefined ? definition : { ...definition, provider: reach };
}

function volumesOf(given: Json | undefined, { root, source }: Reading): SharedThings['volumes'] {
  const parsed = volumesSchema.safeParse(given ?? []);
  const definitions = toVolumeDefinitions(configOf(root, 'docker.volumes', source));
  const names = parsed.success ? toVolumes(parsed.data).map(({ name }) => name) : [];
  return Object.fromEntries(Object.entries(definitions).filter(([name]) => names.includes(name)));
}

/** Names by which others find it: its id; for a member of a cluster that of the cluster, and the same with its number. */
function namesOf(entity: Entity, view: StoreView): readonly string[] {
  const cluster = entity.slot === null || entity.parentId === null ? undefined : view.get('entity', entity.parentId);
  const { planId, path } = cluster ?? entity;
  const name = planId ?? path.slice(path.lastIndexOf('/') + 1);
  return cluster ? [name, `${name}-${entity.slot}`] : [name];
}

/** The root of its application. */
export function rootOf(entity: Entity, view: StoreView): Entity {
  const parent = entity.parentId === null ? undefined : view.get('entity', entity.parentId);
  return parent ? rootOf(parent, view) : entity;
}

/** In words: `network default`, `volume uploads`. */
export function tiesOf({ networks, volumes }: SharedThings): readonly string[] {
  return [...endingNetworks(networks), ...Object.keys(volumes).map((name) => `volume ${name}`)];
}

/** A network that reaches all hosts ties nobody to one. */
function endingNetworks(networks: readonly NetworkAttachment[]): readonly string[] {
  return networks.flatMap(({ name, definition }) =>
    definition.provider === undefined || endsAtHost(definition) ? [`network ${name}`] : [],
  );
}

/** The ties that a container was made with. */
export function tiesOfSpec({ networks = [], volumes }: ContainerSpec): readonly string[] {
  return [...endingNetworks(networks), ...volumes.filter((volume) => volume.shared !== undefined).map(({ name }) => `volume ${name}`)];
}

/** Name on a host of a network that a container joins. */
export function networkNameOf(planeId: string, applicationId: string, { name, definition }: NetworkAttachment): string {
  if (definition.shared !== undefined) return sharedNetworkName(planeId, definition.shared);
  return definition.external ?? networkName(planeId, applicationId, { name, hash: hashOf(definition) });
}

/** Name on a host of a named volume of a container. */
export function volumeNameOf(
  planeId: string,
  owner: { readonly applicationId: string; readonly entityId: string },
  volume: ContainerSpec['volumes'][number],
): string {
  return volume.shared?.external ?? volumeName(planeId, volume.shared ? owner.applicationId : owner.entityId, volume.name);
}

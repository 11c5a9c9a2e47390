import { z } from 'zod';
import type { KeyNotes } from '../blueprint/type-registry.ts';
import { SENSOR } from '../entity/entity.ts';
import { LIFECYCLE_EFFECTORS } from '../entity/lifecycle-effectors.ts';
import { CLUSTER_CONFIG, CLUSTER_FLAGS, GROUP_CONFIG, GROUP_NOT_HONOURED, QUORUM_FLAGS } from './cluster-config.ts';
import { PROCESS_CONFIG, PROCESS_FLAGS, PROCESS_NOT_HONOURED } from './process-config.ts';
import type { EffectorDefinition, SensorDefinition } from './type-members.ts';

/** What is particular to a type; what all of its kind have is added. */
export interface OwnType {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Lucide icon name. */
  readonly icon: string;
  /** Understood and checked; nothing makes it yet. */
  readonly planned: boolean;
  /** What it needs and has never met, in words. */
  readonly unverified?: string;
  /** Of a planned or unverified type: another that does the same in this version. */
  readonly instead?: string;
  readonly aliases: readonly string[];
  readonly config?: Readonly<Record<string, z.ZodType>>;
  readonly flags?: Readonly<Record<string, string>>;
  readonly secretKeys?: readonly string[];
  readonly sensors?: readonly SensorDefinition[];
  readonly effectors?: readonly EffectorDefinition[];
  readonly notHonoured?: KeyNotes;
  readonly plannedKeys?: KeyNotes;
}

const STATE_SENSORS: readonly SensorDefinition[] = [
  { name: SENSOR.state, type: 'string', description: 'State: RUNNING, STOPPED, ON_FIRE …' },
  { name: SENSOR.expectedState, type: 'string', description: 'State that it is brought to' },
  { name: SENSOR.isUp, type: 'boolean', description: 'True while it serves' },
  { name: SENSOR.notUpIndicators, type: 'json', description: 'Why it does not serve' },
  { name: SENSOR.problems, type: 'json', description: 'What is wrong with it' },
];

const SOFTWARE_SENSORS: readonly SensorDefinition[] = [
  ...STATE_SENSORS,
  { name: 'service.process.isRunning', type: 'boolean', description: 'True while its process runs' },
  { name: SENSOR.hostAddress, type: 'string', description: 'Address where it runs' },
  { name: SENSOR.hostName, type: 'string', description: 'Name of where it runs' },
  { name: 'host.hostname', type: 'string', description: 'The same as host.name' },
  { name: 'host.sshAddress', type: 'string', description: 'Where its machine is reached by SSH' },
  { name: SENSOR.subnetAddress, type: 'string', description: 'Address in its network' },
  { name: 'host.subnet.hostname', type: 'string', description: 'Where its ports are reached by other hosts' },
  { name: 'download.url', type: 'string', description: 'What it was installed from' },
  { name: 'install.dir', type: 'string', description: 'Install folder' },
  { name: 'expandedinstall.dir', type: 'string', description: 'Unpacked folder' },
  { name: 'run.dir', type: 'string', description: 'Run folder' },
  { name: 'docker.port.<n>', type: 'number', description: 'Port on the host that leads to this port of its container' },
  { name: 'mapped.docker.port.<n>', type: 'string', description: 'The same with the host’s address: host:port' },
];

const MEMBER_SENSORS: readonly SensorDefinition[] = [
  { name: SENSOR.groupSize, type: 'number', description: 'Members', unit: 'count' },
  { name: 'group.members', type: 'json', description: 'Its members' },
];

const CLUSTER_SENSORS: readonly SensorDefinition[] = [
  ...MEMBER_SENSORS,
  { name: 'cluster.first.entity', type: 'json', description: 'Its first member' },
  { name: 'dynamiccluster.quarantineGroup', type: 'json', description: 'Members that failed' },
];

const count = z.union([z.int(), z.string().regex(/^-?\d+$/)], 'needs a whole number');

const RESIZE_EFFECTORS: readonly EffectorDefinition[] = [
  {
    name: 'resize',
    description: 'Add or remove members, the newest first',
    parameters: z.object({ desiredSize: count }),
    destructive: true,
  },
  {
    name: 'resizeByDelta',
    description: 'Add that many members, or remove them when it is less than 0',
    parameters: z.object({ delta: count }),
    destructive: true,
  },
  {
    name: 'replaceMember',
    description: 'Add a member, then remove this one',
    parameters: z.object({ memberId: z.string() }),
    destructive: true,
  },
];

/** A process that is installed and run by commands, in a container or on a machine. */
export function softwareType(own: OwnType) {
  return {
    ...naming(own),
    kind: 'software' as const,
    config: z.looseObject({
      ...PROCESS_CONFIG,
      ...own.config,
    }),
    flags: { ...PROCESS_FLAGS, ...own.flags },
    sensors: union(SOFTWARE_SENSORS, own.sensors),
    effectors: [...LIFECYCLE_EFFECTORS, ...(own.effectors ?? [])],
    notHonoured: { ...PROCESS_NOT_HONOURED, ...own.notHonoured },
  };
}

/** A group that makes its members: copies of one member spec. What members take may be given to it, for all of them. */
export function clusterType(own: OwnType & { readonly memberType?: string; readonly manyLocations?: boolean }) {
  return {
    ...naming(own),
    kind: 'cluster' as const,
    config: z.looseObject({ ...CLUSTER_CONFIG, ...own.config }),
    flags: { ...CLUSTER_FLAGS, ...own.flags },
    sensors: union([...STATE_SENSORS, ...CLUSTER_SENSORS], own.sensors),
    effectors: [...LIFECYCLE_EFFECTORS, ...RESIZE_EFFECTORS, ...(own.effectors ?? [])],
    ...(own.notHonoured === undefined ? {} : { notHonoured: own.notHonoured }),
    ...(own.memberType === undefined ? {} : { memberType: own.memberType }),
    ...(own.manyLocations === undefined ? {} : { manyLocations: own.manyLocations }),
  };
}

/** A group with a member in each of its locations: the blueprint says which, so it has no size of its own. */
export function fabricType(own: OwnType & { readonly memberType?: string }) {
  return {
    ...clusterType({ ...own, manyLocations: true }),
    config: z.looseObject({ ...GROUP_CONFIG, ...own.config }),
    flags: { ...QUORUM_FLAGS, ...own.flags },
    effectors: LIFECYCLE_EFFECTORS,
    sensors: union(STATE_SENSORS, own.sensors),
    notHonoured: {
      ...GROUP_NOT_HONOURED,
      includeInitialChildren: 'its other children are started with it, and are no members',
      ...own.notHonoured,
    },
  };
}

/** Something that runs nothing itself. */
export function groupType(own: OwnType) {
  return {
    ...naming(own),
    kind: 'group' as const,
    config: z.looseObject({ ...GROUP_CONFIG, ...own.config }),
    flags: { ...QUORUM_FLAGS, ...own.flags },
    sensors: union([...STATE_SENSORS, ...MEMBER_SENSORS], own.sensors),
    effectors: [...LIFECYCLE_EFFECTORS, ...(own.effectors ?? [])],
    notHonoured: { ...GROUP_NOT_HONOURED, ...own.notHonoured },
  };
}

type Check = (value: Readonly<Record<string, unknown>>, context: z.core.$RefinementCtx) => void;

/** A cluster of machines that others are deployed to; its members are hosts. */
export function cloudType(own: OwnType & { readonly memberType: string; readonly check: Check }) {
  return {
    ...naming(own),
    kind: 'cloud' as const,
    config: z.looseObject({ ...GROUP_CONFIG, ...own.config }).superRefine(own.check),
    flags: { ...QUORUM_FLAGS, ...own.flags },
    sensors: union([...STATE_SENSORS, ...MEMBER_SENSORS], own.sensors),
    effectors: [...LIFECYCLE_EFFECTORS, ...(own.effectors ?? [])],
    memberType: own.memberType,
    notHonoured: own.notHonoured ?? {},
    plannedKeys: own.plannedKeys ?? {},
  };
}

/** One machine of a cloud. */
export function hostType(own: OwnType) {
  return {
    ...naming(own),
    kind: 'host' as const,
    config: z.looseObject({ ...PROCESS_CONFIG, ...own.config }),
    flags: { ...PROCESS_FLAGS, ...own.flags },
    sensors: union(STATE_SENSORS, own.sensors),
    effectors: own.effectors ?? [],
    notHonoured: { ...PROCESS_NOT_HONOURED, ...own.notHonoured },
    plannedKeys: own.plannedKeys ?? {},
  };
}

function naming({ id, title, description, icon, aliases, planned, unverified, instead, secretKeys }: OwnType) {
  const optional = {
    ...(unverified === undefined ? {} : { unverified }),
    ...(instead === undefined ? {} : { instead }),
    ...(secretKeys === undefined ? {} : { secretKeys }),
  };
  return { id, title, description, icon, aliases, planned, ...optional };
}

/** Its own where both say what a sensor is. */
function union(common: readonly SensorDefinition[], own: readonly SensorDefinition[] = []): readonly SensorDefinition[] {
  return [...new Map([...common, ...own].map((sensor) => [sensor.name, sensor])).values()];
}

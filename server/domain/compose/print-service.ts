import type { PrintEntry, PrintMap } from '../blueprint/print-yaml.ts';
import { relativeTo } from '../blueprint/relative-path.ts';
import type { SpecNode } from '../blueprint/spec-tree.ts';
import { BUILD, DOCKERFILE_TEXT, DOCKERFILE_URL, isUrl } from '../build/build-ask.ts';
import { toImage } from '../entity/container-config.ts';
import { parseDurationMs } from '../entity/quantities.ts';
import type { FoldedValue } from './fold-expression.ts';
import { printMounts, printPorts, printServiceFiles, printServiceNetworks } from './print-resources.ts';
import { escapeDollars, isFoldedList, isFoldedMap, type Printer, type ServicePlace, toPrint } from './printer.ts';

/** Config keys that Compose calls otherwise, and takes as they are. */
const SAME: readonly (readonly [string, string])[] = [
  ['docker.image.entrypoint', 'entrypoint'],
  ['docker.image.commands', 'command'],
  ['docker.image.platform', 'platform'],
  ['docker.image.pullPolicy', 'pull_policy'],
  ['docker.container.expose', 'expose'],
  ['docker.container.tmpfs', 'tmpfs'],
  ['docker.container.user', 'user'],
  ['docker.container.workingDir', 'working_dir'],
  ['docker.container.hostname', 'hostname'],
  ['docker.container.domainname', 'domainname'],
  ['docker.container.extraHosts', 'extra_hosts'],
  ['docker.container.dns', 'dns'],
  ['docker.container.dnsSearch', 'dns_search'],
  ['docker.container.dnsOptions', 'dns_opt'],
  ['docker.container.init', 'init'],
  ['docker.container.tty', 'tty'],
  ['docker.container.stdinOpen', 'stdin_open'],
  ['docker.container.readOnly', 'read_only'],
  ['docker.container.stopSignal', 'stop_signal'],
  ['docker.container.groupAdd', 'group_add'],
  ['docker.container.oomScoreAdj', 'oom_score_adj'],
  ['docker.container.shmSize', 'shm_size'],
  ['docker.container.ulimits', 'ulimits'],
  ['docker.container.sysctls', 'sysctls'],
  ['docker.container.capAdd', 'cap_add'],
  ['docker.container.capDrop', 'cap_drop'],
  ['docker.container.securityOpt', 'security_opt'],
  ['docker.container.pidsLimit', 'pids_limit'],
  ['docker.container.privileged', 'privileged'],
  ['docker.container.devices', 'devices'],
  ['docker.container.pidMode', 'pid'],
  ['docker.container.ipcMode', 'ipc'],
  ['docker.container.utsMode', 'uts'],
  ['docker.container.usernsMode', 'userns_mode'],
  ['docker.container.cgroupMode', 'cgroup'],
  ['docker.container.logging', 'logging'],
  ['docker.memory', 'mem_limit'],
  ['docker.memory.reservation', 'mem_reservation'],
  ['docker.memory.swap', 'memswap_limit'],
  ['docker.cpus', 'cpus'],
  ['docker.cpu.shares', 'cpu_shares'],
  ['docker.cpu.set', 'cpuset'],
];

/** Config keys that have a printer of their own here. */
const OTHER: readonly string[] = [
  'docker.image.name',
  'docker.image.tag',
  BUILD,
  DOCKERFILE_TEXT,
  DOCKERFILE_URL,
  'docker.container.environment',
  'docker.container.labels',
  'docker.container.portBindings',
  'docker.container.directPorts',
  'docker.container.openPorts',
  'docker.container.volumes',
  'docker.container.files',
  'docker.container.secrets',
  'docker.container.networks',
  'docker.container.networkMode',
  'docker.container.aliases',
  'docker.container.healthcheck',
  'docker.container.restartPolicy',
  'docker.cpus.reservation',
  'stop.timeout',
  'start.timeout',
  'readiness',
  'update',
];

export function printService(node: SpecNode, place: ServicePlace, printer: Printer): PrintMap {
  const { name } = place;
  const read = (key: string) => printer.configOf(node, key, name);
  const entries: PrintEntry[] = [];
  const add = (key: string, value: FoldedValue | undefined) => {
    if (value !== undefined) entries.push({ key, value: toPrint(escapeDollars(value)) });
  };
  const build = printBuild(read, (key) => printer.leave(name, key, 'Compose reads no Dockerfile from there'));
  add('build', build);
  if (build === undefined) addImage(read, add, () => printer.leave(name, 'the image', 'it is only known while it runs'));
  for (const [key, composeKey] of SAME) add(composeKey, textsOf(read(key), composeKey));
  add('environment', textMap(read('docker.container.environment')));
  add('labels', textMap(read('docker.container.labels')));
  add('ports', printPorts(read));
  add('volumes', printMounts(read('docker.container.volumes'), node, place, printer));
  add('configs', printServiceFiles(read('docker.container.files'), 'configs', name, printer));
  add('secrets', printServiceFiles(read('docker.container.secrets'), 'secrets', name, printer));
  const mode = read('docker.container.networkMode');
  if (mode !== undefined) add('network_mode', mode);
  else add('networks', printServiceNetworks(read('docker.container.networks'), read('docker.container.aliases'), printer));
  add('healthcheck', printHealthcheck(read('docker.container.healthcheck')));
  add('restart', read('docker.container.restartPolicy') ?? 'always');
  add('stop_grace_period', goDuration(read('stop.timeout')));
  add('depends_on', printDependencies(node, printer));
  add('deploy', printDeploy(node, place, printer));
  leaveOut(node, place, printer);
  return { entries };
}

function addImage(
  read: (key: string) => FoldedValue | undefined,
  add: (key: string, value: FoldedValue) => void,
  unknown: () => void,
): void {
  const image = read('docker.image.name');
  const tag = read('docker.image.tag');
  if (typeof image === 'string') add('image', toImage(image, typeof tag === 'string' || typeof tag === 'number' ? tag : undefined));
  else unknown();
}

/** A Dockerfile that is fetched by itself has no place in Compose; an archive is a context. */
function printBuild(read: (key: string) => FoldedValue | undefined, leave: (key: string) => void): FoldedValue | undefined {
  const [build, text, url] = [read(BUILD), read(DOCKERFILE_TEXT), read(DOCKERFILE_URL)];
  const own = isFoldedMap(build) ? build : undefined;
  const inline = text === undefined ? {} : { dockerfile_inline: text };
  if (typeof url !== 'string') return own === undefined && text === undefined ? undefined : { ...own, ...inline };
  if (!isUrl(url)) {
    const context = typeof own?.context === 'string' ? own.context : '.';
    return { ...own, context, dockerfile: relativeTo(`${context}/Dockerfile`, url) };
  }
  if (own?.context === undefined && /\.(?:tar|tgz|zip|tar\.gz)$/i.test(url)) return { ...own, context: url };
  leave(DOCKERFILE_URL);
  return own;
}

/** Where Compose takes texts only, numbers are written as texts. */
function textsOf(value: FoldedValue | undefined, key: string): FoldedValue | undefined {
  if (key === 'user' && value !== undefined) return String(value);
  if ((key === 'command' || key === 'entrypoint' || key === 'expose') && isFoldedList(value)) return value.map(String);
  return value;
}

function textMap(value: FoldedValue | undefined): FoldedValue | undefined {
  if (!isFoldedMap(value)) return undefined;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, item === null ? '' : String(item)]));
}

function printHealthcheck(value: FoldedValue | undefined): FoldedValue | undefined {
  if (!isFoldedMap(value)) return undefined;
  const { test, retries } = value;
  if (isFoldedList(test) && test[0] === 'NONE') return { disable: true };
  const known = isFoldedList(test) && (test[0] === 'CMD' || test[0] === 'CMD-SHELL');
  // What Clocker takes when the blueprint does not say it is not what Docker takes.
  const times: Record<string, FoldedValue> = {
    interval: goDuration(value.interval) ?? '10s',
    timeout: goDuration(value.timeout) ?? '5s',
  };
  const startPeriod = goDuration(value.startPeriod);
  const startInterval = goDuration(value.startInterval);
  return {
    test: isFoldedList(test) && !known ? ['CMD', ...test] : (test ?? ''),
    ...times,
    ...(retries === undefined ? {} : { retries }),
    ...(startPeriod === undefined ? {} : { start_period: startPeriod }),
    ...(startInterval === undefined ? {} : { start_interval: startInterval }),
  };
}

const CONDITIONS = { started: 'service_started', healthy: 'service_healthy', completed: 'service_completed_successfully' } as const;

function printDependencies({ spec }: SpecNode, { serviceOf }: Printer): FoldedValue | undefined {
  const entries = (spec.dependsOn ?? []).flatMap(({ on, condition, restart, required }): (readonly [string, FoldedValue])[] => {
    const service = serviceOf(on);
    if (service === undefined) return [];
    return [[service, { condition: CONDITIONS[condition], ...(restart ? { restart } : {}), ...(required === false ? { required } : {}) }]];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function printDeploy(node: SpecNode, { name, cluster }: ServicePlace, printer: Printer): FoldedValue | undefined {
  const replicas = cluster === null ? undefined : (printer.configOf(cluster, 'cluster.initial.size', name) ?? 1);
  const update = printUpdate(printer.configOf(cluster ?? node, 'update', name));
  const reserved = printer.configOf(node, 'docker.cpus.reservation', name);
  const deploy = {
    ...(replicas === undefined ? {} : { replicas }),
    ...(update === undefined ? {} : { update_config: update }),
    ...(reserved === undefined ? {} : { resources: { reservations: { cpus: String(reserved) } } }),
  };
  return Object.keys(deploy).length === 0 ? undefined : deploy;
}

function printUpdate(value: FoldedValue | undefined): FoldedValue | undefined {
  if (!isFoldedMap(value)) return undefined;
  const { batch, order } = value;
  const delay = goDuration(value.delay);
  return {
    ...(batch === undefined ? {} : { parallelism: batch }),
    ...(delay === undefined ? {} : { delay }),
    ...(order === undefined ? {} : { order }),
    failure_action: 'rollback',
  };
}

/** Whatever else is configured, of the container and of its cluster. */
function leaveOut(node: SpecNode, { name, cluster }: ServicePlace, { leave, configOf }: Printer): void {
  const known = new Set([...SAME.map(([key]) => key), ...OTHER]);
  for (const key of Object.keys(node.spec.config)) if (!known.has(key)) leave(name, key, 'Compose has no such setting');
  for (const key of Object.keys(cluster?.spec.config ?? {})) {
    if (key !== 'cluster.initial.size' && key !== 'update') leave(name, key, 'Compose has no such setting');
  }
  if (cluster?.spec.firstMemberSpec !== undefined) leave(name, 'firstMemberSpec', 'copies of a service of Compose are alike');
  const readiness = configOf(node, 'readiness', name);
  if (isFoldedMap(readiness) && readiness.kind !== 'healthcheck') leave(name, 'readiness', 'Compose knows health checks only');
  if (Object.hasOwn(node.spec.config, 'start.timeout') && !Object.hasOwn(node.spec.config, 'docker.container.healthcheck')) {
    leave(name, 'start.timeout', 'Compose has no such setting');
  }
}

/** `1m30s` for any duration that a blueprint may have. */
export function goDuration(value: FoldedValue | undefined): string | undefined {
  const ms = typeof value === 'string' || typeof value === 'number' ? parseDurationMs(value) : null;
  if (ms === null) return undefined;
  if (ms === 0) return '0s';
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(ms / 3_600_000), 'h'],
    [Math.floor(ms / 60_000) % 60, 'm'],
    [Math.floor(ms / 1000) % 60, 's'],
    [ms % 1000, 'ms'],
  ];
  return parts.flatMap(([amount, unit]) => (amount === 0 ? [] : [`${amount}${unit}`])).join('');
}

import { z } from 'zod';
import { isEmpty, texts, toTexts } from './config-texts.ts';
import { openPorts, toExposed } from './container-ports.ts';
import { type ContainerOptions, HOST_SPACES } from './container-spec.ts';
import { anonymousPaths, hostFolders, type volumes } from './container-volumes.ts';
import { refusedShape } from './dangerous-options.ts';
import { hostAccessShape, isSafeSecurityOption, toCapability } from './host-access.ts';
import { parseBytes } from './quantities.ts';

/** What few containers ask for; keys of type docker-container. Those that reach beyond the container are refused. */

const hostName = z.string().regex(/^[a-zA-Z0-9](?:[a-zA-Z0-9.-]{0,251}[a-zA-Z0-9])?$/, 'needs a host name: letters, digits, “-” and “.”');
const address = z.union([z.ipv4(), z.ipv6(), z.literal('host-gateway')], 'needs an IP address, or host-gateway');
const size = z
  .union([z.string(), z.number()], 'needs a size such as 64m')
  .refine((value) => (parseBytes(value) ?? 0) > 0, 'needs a size such as 64m');
const limit = z.int('needs a whole number, -1 for no limit').min(-1);
const ULIMITS: readonly string[] = [
  ...['core', 'cpu', 'data', 'fsize', 'locks', 'memlock', 'msgqueue', 'nice', 'nofile', 'nproc', 'rss', 'rtprio', 'rttime'],
  ...['sigpending', 'stack'],
];
const ulimitName = z.string().refine((name) => ULIMITS.includes(name), 'is no ulimit: nofile, nproc, memlock, stack …');
const ulimit = z
  .union([limit, z.strictObject({ soft: limit, hard: limit })], 'needs a number, or soft and hard')
  .refine(
    (value) => typeof value === 'number' || value.hard === -1 || (value.soft !== -1 && value.soft <= value.hard),
    'has a soft limit above the hard one',
  );

const MOUNT_OPTION =
  /^(?:ro|rw|exec|noexec|suid|nosuid|dev|nodev|sync|async|atime|noatime|diratime|nodiratime|relatime|size=\d+[bkmg%]?|mode=[0-7]{3,4}|uid=\d+|gid=\d+|nr_inodes=\d+k?|nr_blocks=\d+k?)$/i;
const tmpfs = z.string().superRefine((value, context) => {
  const { path, options } = splitTmpfs(value);
  if (!/^\/[^:\0]+$/.test(path) || path.split('/').includes('..')) {
    context.addIssue({ code: 'custom', message: 'needs an absolute path, such as /run or /tmp:size=64m' });
  }
  const wrong = options.split(',').find((option) => option !== '' && !MOUNT_OPTION.test(option));
  if (wrong !== undefined) context.addIssue({ code: 'custom', message: `has the mount option “${wrong}”, which a tmpfs does not take` });
});

export const optionShape = {
  'docker.container.workingDir': z
    .string()
    .regex(/^\/[^\0]*$/, 'needs an absolute path')
    .optional()
    .meta({ title: 'Working folder', description: 'Instead of the image’s.' }),
  'docker.container.domainname': hostName.optional().meta({ title: 'Domain name' }),
  'docker.container.extraHosts': z
    .record(hostName, z.union([address, z.array(address).min(1)]), 'needs a map of names and addresses')
    .optional()
    .meta({ title: 'Extra hosts', description: 'Names and addresses for /etc/hosts; host-gateway is the host.' }),
  'docker.container.dns': z
    .array(z.union([z.ipv4(), z.ipv6()], 'needs an IP address'))
    .optional()
    .meta({ title: 'DNS servers' }),
  'docker.container.dnsSearch': z
    .array(z.union([hostName, z.literal('.')]))
    .optional()
    .meta({ title: 'DNS search domains' }),
  'docker.container.dnsOptions': z
    .array(z.string().regex(/^[\w:.-]+$/))
    .optional()
    .meta({ title: 'DNS options' }),
  'docker.container.networkMode': z.enum(['none', 'bridge', 'host'], 'needs none, bridge or host').optional().meta({
    title: 'Network mode',
    description: 'none: no network but loopback. bridge: one of the host. host: the host’s own, which is host access.',
  }),
  'docker.container.expose': openPorts.optional().meta({ title: 'Exposed ports', description: 'Told in Docker, led to from nowhere.' }),
  'docker.container.tmpfs': z
    .array(tmpfs, 'needs a list of paths')
    .optional()
    .meta({ title: 'Folders in memory', description: 'Such as /run or /tmp:size=64m,mode=1777.' }),
  'docker.container.shmSize': size.optional().meta({ title: 'Size of /dev/shm', description: 'Such as 256m; 64m unless given.' }),
  'docker.container.ulimits': z
    .record(ulimitName, ulimit)
    .optional()
    .meta({ title: 'Limits of the process', description: 'nofile: 65536, or { soft, hard }.' }),
  'docker.container.sysctls': z
    .record(z.string().regex(/^[\w./*-]{1,100}$/, 'needs the name of a kernel parameter'), z.union([z.string(), z.number()]))
    .optional()
    .meta({ title: 'Kernel parameters', description: 'Those that are the container’s own, such as net.core.somaxconn.' }),
  'docker.container.capAdd': z
    .array(z.string().regex(/^\w{3,40}$/, 'needs a capability such as NET_ADMIN, or ALL'))
    .optional()
    .meta({ title: 'Capabilities added' }),
  'docker.container.capDrop': z
    .array(z.string().regex(/^\w{3,40}$/, 'needs a capability such as NET_RAW, or ALL'))
    .optional()
    .meta({ title: 'Capabilities taken away', description: 'Such as NET_RAW, or ALL.' }),
  'docker.container.securityOpt': z
    .array(z.string().regex(/^[a-z-]+(?:[:=][^\0]{1,4096})?$/, 'needs an option such as no-new-privileges or seccomp=unconfined'))
    .optional()
    .meta({ title: 'Security options', description: 'no-new-privileges; all others are host access.' }),
  'docker.container.init': z
    .boolean()
    .optional()
    .meta({ title: 'Init', description: 'A small init takes care of what the process leaves.' }),
  'docker.container.tty': z.boolean().optional().meta({ title: 'Terminal' }),
  'docker.container.stdinOpen': z.boolean().optional().meta({ title: 'Standard input stays open' }),
  'docker.container.stopSignal': z
    .string()
    .regex(/^(?:(?:SIG)?[A-Z][A-Z0-9+-]{1,15}|[1-9]\d?)$/, 'needs a signal such as SIGINT')
    .optional()
    .meta({ title: 'Stop signal', description: 'SIGTERM unless the image says another.' }),
  'docker.container.groupAdd': z
    .array(z.union([z.string().regex(/^[\w.-]{1,64}$/, 'needs a group'), z.int().min(0)]))
    .optional()
    .meta({ title: 'Further groups' }),
  'docker.container.oomScoreAdj': z
    .int()
    .min(0)
    .max(1000)
    .optional()
    .meta({ title: 'Is ended first when memory runs out', description: '0 to 1000.' }),
  'docker.container.pidsLimit': limit.optional().meta({ title: 'Most processes', description: '-1 for no limit.' }),
  'docker.container.logging': z
    .strictObject({
      driver: z
        .string()
        .regex(/^[a-z0-9-]{1,40}$/, 'needs a log driver such as json-file')
        .default('json-file'),
      options: texts.default({}),
    })
    .optional()
    .meta({ title: 'Logging', description: 'Docker’s log driver and its options.' }),
  'docker.image.platform': z
    .string()
    .regex(/^[a-z0-9]+\/[a-z0-9_]+(?:\/[a-z0-9]+)?$/, 'needs a platform such as linux/amd64')
    .optional()
    .meta({ title: 'Platform', description: 'Such as linux/arm64, where an image has several.' }),
  ...hostAccessShape,
  ...refusedShape,
};

export const OPTION_FLAGS = {
  workingDir: 'docker.container.workingDir',
  extraHosts: 'docker.container.extraHosts',
  tmpfs: 'docker.container.tmpfs',
  ulimits: 'docker.container.ulimits',
  init: 'docker.container.init',
  stopSignal: 'docker.container.stopSignal',
  platform: 'docker.image.platform',
} as const;

const shape = z.object(optionShape);

type OptionConfig = z.infer<typeof shape> & { readonly 'docker.container.volumes'?: z.infer<typeof volumes> | undefined };

/** Only what is given: a container that asks for nothing keeps the hash that it has. */
export function toOptions(config: OptionConfig): ContainerOptions {
  const securityOptions = config['docker.container.securityOpt'] ?? [];
  const given: { readonly [K in keyof ContainerOptions]: ContainerOptions[K] | undefined } = {
    workingDir: config['docker.container.workingDir'],
    domainname: config['docker.container.domainname'],
    extraHosts: toExtraHosts(config['docker.container.extraHosts'] ?? {}),
    dns: config['docker.container.dns'],
    dnsSearch: config['docker.container.dnsSearch'],
    dnsOptions: config['docker.container.dnsOptions'],
    networkMode: config['docker.container.networkMode'] === 'bridge' ? undefined : config['docker.container.networkMode'],
    expose: toExposed(config['docker.container.expose'] ?? []),
    tmpfs: Object.fromEntries((config['docker.container.tmpfs'] ?? []).map(splitTmpfs).map(({ path, options }) => [path, options])),
    anonymousVolumes: anonymousPaths(config['docker.container.volumes'] ?? []),
    shmBytes: parseBytes(config['docker.container.shmSize'] ?? '') ?? undefined,
    ulimits: toUlimits(config['docker.container.ulimits'] ?? {}),
    sysctls: toTexts(config['docker.container.sysctls'] ?? {}),
    capAdd: (config['docker.container.capAdd'] ?? []).map(toCapability),
    capDrop: (config['docker.container.capDrop'] ?? []).map(toCapability),
    noNewPrivileges: securityOptions.some((option) => isSafeSecurityOption(option) && !option.endsWith('false')) || undefined,
    securityOptions: securityOptions.filter((option) => !isSafeSecurityOption(option)),
    privileged: String(config['docker.container.privileged']) === 'true' || undefined,
    devices: config['docker.container.devices'],
    hostSpaces: HOST_SPACES.filter((space) => config[`docker.container.${space}Mode`] === 'host'),
    hostFolders: hostFolders(config['docker.container.volumes'] ?? []),
    init: config['docker.container.init'] || undefined,
    tty: config['docker.container.tty'] || undefined,
    stdinOpen: config['docker.container.stdinOpen'] || undefined,
    stopSignal: config['docker.container.stopSignal'],
    groupAdd: (config['docker.container.groupAdd'] ?? []).map(String),
    oomScoreAdj: config['docker.container.oomScoreAdj'] || undefined,
    pidsLimit: config['docker.container.pidsLimit'],
    platform: config['docker.image.platform'],
    logging: toLogging(config['docker.container.logging']),
  };
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined && (typeof value !== 'object' || !isEmpty(value))),
  );
}

function toExtraHosts(hosts: NonNullable<OptionConfig['docker.container.extraHosts']>): readonly string[] {
  return Object.entries(hosts).flatMap(([name, given]) => [given].flat().map((one) => `${name}:${one}`));
}

function toUlimits(ulimits: NonNullable<OptionConfig['docker.container.ulimits']>): NonNullable<ContainerOptions['ulimits']> {
  return Object.entries(ulimits).map(([name, value]) => {
    return typeof value === 'number' ? { name, soft: value, hard: value } : { name, soft: value.soft, hard: value.hard };
  });
}

function toLogging(logging: OptionConfig['docker.container.logging']): ContainerOptions['logging'] {
  return logging && { driver: logging.driver, options: toTexts(logging.options) };
}

function splitTmpfs(value: string): { readonly path: string; readonly options: string } {
  const colon = value.indexOf(':');
  return colon < 0 ? { path: value, options: '' } : { path: value.slice(0, colon), options: value.slice(colon + 1) };
}

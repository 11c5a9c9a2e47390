import { z } from 'zod';

/*
 * Options that reach beyond the container: whoever has one of them has the host. They are part of a container only where somebody who may
 * administer its cloud has said so when deploying, updating or restoring: `EntitySpec.hostAccess`. The planner asks before a host is
 * touched, and the engine again when it makes the container, as a value may come from an expression.
 */

/** One option of a config that reaches the host. */
export interface HostAccess {
  /** Where it stands in the config. */
  readonly path: readonly [string, ...(string | number)[]];
  /** What it gives the container, in words: `pid: host shows the container every process of the host`. */
  readonly what: string;
}

const flag = z.union([z.boolean(), z.enum(['true', 'false', ''])], 'needs true or false');
const DEVICE = /^\/dev\/[\w./-]+(?::\/dev\/[\w./-]+)?(?::[rwm]{1,3})?$/;
const device = z.string().regex(DEVICE, 'needs a device such as /dev/ttyUSB0 or /dev/kvm:/dev/kvm:rw');
const modeOf = (...words: readonly ['', ...string[]]) => z.enum(words, `needs ${words.slice(1).join(', ')}`).optional();

/** Keys whose values may reach the host, with what they take. */
export const hostAccessShape = {
  'docker.container.privileged': flag.optional().meta({ title: 'Privileged', description: 'Every right of the host’s root.' }),
  'docker.container.devices': z.array(device).optional().meta({ title: 'Devices', description: 'Such as /dev/kvm. Host access.' }),
  'docker.container.pidMode': modeOf('', 'private', 'host').meta({ title: 'Processes', description: 'private, or host.' }),
  'docker.container.ipcMode': modeOf('', 'private', 'shareable', 'none', 'host').meta({ title: 'Shared memory' }),
  'docker.container.utsMode': modeOf('', 'private', 'host').meta({ title: 'Host name of', description: 'private, or host.' }),
  'docker.container.usernsMode': modeOf('', 'private', 'host').meta({ title: 'Users of', description: 'private, or host.' }),
  'docker.container.cgroupMode': modeOf('', 'private', 'host').meta({ title: 'Control groups of', description: 'private, or host.' }),
};

/** Any capability but these gives rights over the host, or over other containers of it. */
const SAFE_CAPABILITIES: readonly string[] = [
  ...['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'NET_RAW', 'SETFCAP'],
  ...['SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT', 'IPC_LOCK', 'IPC_OWNER', 'SYS_NICE'],
];

export const isSafeCapability = (text: string): boolean => SAFE_CAPABILITIES.includes(toCapability(text));

/** `NET_RAW` for `cap_net_raw`. */
export function toCapability(value: string): string {
  return value.toUpperCase().replace(/^CAP_/, '');
}

/** Kept to the name spaces of the container by the kernel; any other is one of the whole host. */
const OWN_SYSCTL = /^(?:net\.[\w.*/-]+|fs\.mqueue\.\w+|kernel\.(?:msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced))$/;

export const isOwnSysctl = (name: string): boolean => OWN_SYSCTL.test(name);

/** The one security option that takes rights away; all others loosen what keeps the container in. */
export const isSafeSecurityOption = (text: string): boolean => /^no-new-privileges(?:[:=](?:true|false))?$/.test(text);

/** Clocker’s key for what a container is given from outside of it: folders of the host, and archives. */
export const HOST_VOLUMES = 'docker.host.volumes';

/** A volume whose source is a path is a folder, or a socket, of the host. */
export const isHostFolder = (source: string): boolean => source.startsWith('/');

const MODES: Readonly<Record<string, string>> = {
  'docker.container.pidMode': 'pid: host shows the container every process of the host',
  'docker.container.ipcMode': 'ipc: host shares the host’s memory segments',
  'docker.container.utsMode': 'uts: host lets the container rename the host',
  'docker.container.usernsMode': 'userns_mode: host makes root in the container root on the host',
  'docker.container.cgroupMode': 'cgroup: host shows the container the cgroups of the host',
  'docker.container.networkMode': 'network_mode: host gives the container every port and address of the host',
};

const LISTS: Readonly<Record<string, (item: string) => string | null>> = {
  'docker.container.devices': (item) => `the device ${item} is hardware of the host`,
  'docker.container.capAdd': (item) => (isSafeCapability(item) ? null : `cap_add ${item} gives the container rights over the host`),
  'docker.container.securityOpt': (item) =>
    isSafeSecurityOption(item) ? null : `security_opt ${item} loosens what keeps the container in`,
  'docker.container.sysctls': (name) => (isOwnSysctl(name) ? null : `sysctl ${name} is one of the whole host`),
  'docker.container.volumes': folderOf,
  [HOST_VOLUMES]: folderOf,
};

const EXTERNAL: Readonly<Record<string, (name: string) => string>> = {
  'docker.networks': (name) => `the network ${name} of the host is one that others made, whose containers are reached by it`,
  'docker.volumes': (name) => `the volume ${name} of the host is one that others made, whose data the container reads and changes`,
};

/**
 * What of a config reaches the host. Values that are no plain texts yet are left out: they are looked at once they are. `isUnused`: whether nothing comes of
 * a key.
 */
export function hostAccessOf(
  config: Readonly<Record<string, unknown>>,
  isUnused: (key: string) => boolean = () => false,
): readonly HostAccess[] {
  const found: HostAccess[] = [];
  if (['true', true].includes(config['docker.container.privileged'] as string | boolean)) {
    found.push({ path: ['docker.container.privileged'], what: 'privileged gives the container every right of the host’s root' });
  }
  for (const [key, what] of Object.entries(MODES)) if (config[key] === 'host') found.push({ path: [key], what });
  for (const [key, describe] of Object.entries(LISTS)) {
    if (isUnused(key)) continue;
    for (const { at, text } of itemsOf(config[key])) {
      const what = describe(text);
      if (what !== null) found.push({ path: [key, at], what });
    }
  }
  for (const [key, describe] of Object.entries(EXTERNAL)) {
    for (const [name, external] of externalOf(config[key])) found.push({ path: [key, name, 'external'], what: describe(external) });
  }
  return found;
}

/** Declarations of an application that name what others made on the host. */
function externalOf(value: unknown): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, declared]: readonly [string, unknown]) => {
    const external = typeof declared === 'object' && declared !== null && 'external' in declared ? declared.external : undefined;
    return typeof external === 'string' ? [[name, external] as const] : [];
  });
}

/** Items of a list; of a map its keys. A mount stands for its source. */
function itemsOf(value: unknown): readonly { readonly at: string | number; readonly text: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  if (!Array.isArray(value)) return Object.keys(value).map((key) => ({ at: key, text: key }));
  return value.flatMap((item: unknown, at) => {
    if (typeof item === 'string') return [{ at, text: item }];
    const source = typeof item === 'object' && item !== null && 'source' in item ? item.source : undefined;
    return typeof source === 'string' ? [{ at, text: source }] : [];
  });
}

function folderOf(item: string): string | null {
  const [source = '', , mode = ''] = item.split(':');
  if (!isHostFolder(source)) return null;
  if (/\.sock$/.test(source)) return `${source} is a socket of the host: whoever may write to the engine’s is root there`;
  if (source === '/') return '/ is the whole host';
  const verb = mode.split(',').includes('ro') ? 'reads' : 'reads and changes';
  return `${source} is a folder of the host, whose files the container ${verb}`;
}

import { z } from 'zod';

/*
 * Options that reach beyond the container: whoever has one of them has the host. Nothing grants them, so that each is refused with
 * its reason wherever config is checked: in the editor, when planning, deploying and updating. Values that change nothing pass.
 */

function dangerous(what: string, isHarmless: (value: unknown) => boolean) {
  const message = `${what}. This needs a permission that nobody can be given in this version; remove it`;
  return z
    .unknown()
    .refine((value) => value === undefined || value === null || isHarmless(value), message)
    .optional();
}

const isOff = (value: unknown): boolean => value === false || value === 'false' || value === '';
const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
const isOneOf =
  (...words: readonly string[]) =>
  (value: unknown): boolean =>
    words.includes(String(value));

export const dangerousShape = {
  'docker.container.privileged': dangerous('privileged gives the container every right of the host’s root', isOff),
  'docker.container.devices': dangerous('devices gives the container hardware of the host', isEmptyList),
  'docker.container.deviceCgroupRules': dangerous('device_cgroup_rules gives the container hardware of the host', isEmptyList),
  'docker.container.gpus': dangerous('gpus gives the container hardware of the host', isEmptyList),
  'docker.container.pidMode': dangerous('pid: host shows the container every process of the host', isOneOf('', 'private')),
  'docker.container.ipcMode': dangerous('ipc: host shares the host’s memory segments', isOneOf('', 'private', 'shareable', 'none')),
  'docker.container.utsMode': dangerous('uts: host lets the container rename the host', isOneOf('', 'private')),
  'docker.container.usernsMode': dangerous('userns_mode: host makes root in the container root on the host', isOneOf('', 'private')),
  'docker.container.cgroupMode': dangerous('cgroup: host shows the container the cgroups of the host', isOneOf('', 'private')),
  'docker.container.cgroupParent': dangerous('cgroup_parent puts the container outside of its limits', isOff),
  'docker.container.runtime': dangerous('runtime runs the container with another program of the host', isOneOf('', 'runc')),
};

/** Any capability but these gives rights over the host, or over other containers of it. */
const SAFE_CAPABILITIES: readonly string[] = [
  ...['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'NET_RAW', 'SETFCAP'],
  ...['SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT', 'IPC_LOCK', 'IPC_OWNER', 'SYS_NICE'],
];

export const capabilityToAdd = z.string().refine((value) => SAFE_CAPABILITIES.includes(toCapability(value)), {
  error: ({ input }) =>
    `cap_add ${String(input)} gives the container rights over the host. This needs a permission that nobody can be given in this version; safe are ${SAFE_CAPABILITIES.join(', ')}`,
});

/** `NET_RAW` for `cap_net_raw`. */
export function toCapability(value: string): string {
  return value.toUpperCase().replace(/^CAP_/, '');
}

/** Kept to the name spaces of the container by the kernel; any other is one of the whole host. */
const OWN_SYSCTL = /^(?:net\.[\w.*/-]+|fs\.mqueue\.\w+|kernel\.(?:msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced))$/;

export const sysctlName = z.string().regex(OWN_SYSCTL, {
  error: ({ input }) =>
    `sysctl ${String(input)} is one of the whole host. This needs a permission that nobody can be given in this version; net.*, fs.mqueue.* and kernel.msg*, sem and shm* are the container’s own`,
});

/** The one security option that takes rights away; all others loosen what keeps the container in. */
export const securityOption = z.string().regex(/^no-new-privileges(?:[:=](?:true|false))?$/, {
  error: ({ input }) =>
    `security_opt ${String(input)} loosens what keeps the container in. This needs a permission that nobody can be given in this version; no-new-privileges may be set`,
});

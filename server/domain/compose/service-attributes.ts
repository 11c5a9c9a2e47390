import { isNothing, type SourceEntry } from '../blueprint/source-node.ts';
import { addNoEffect, addNote, addUnknownKey, addUnsupported } from './compose-findings.ts';
import type { ComposeService } from './compose-model.ts';
import { DANGEROUS_KEYS } from './to-security.ts';

/** Keys of a service that readers of this folder turn into config, or refuse by their value. */
const READ = [
  ...['build', 'command', 'configs', 'container_name', 'cpu_period', 'cpu_quota', 'cpu_shares', 'cpus', 'cpuset', 'depends_on', 'deploy'],
  ...['dns', 'dns_opt', 'dns_search', 'domainname', 'entrypoint', 'env_file', 'environment', 'expose', 'extends', 'extra_hosts'],
  ...['cap_add', 'cap_drop', 'group_add', 'healthcheck', 'hostname', 'image', 'init', 'label_file', 'labels', 'links', 'logging'],
  ...['mac_address', 'mem_limit', 'mem_reservation', 'memswap_limit', 'network_mode', 'networks', 'oom_score_adj', 'pids_limit'],
  ...['platform', 'ports', 'profiles', 'pull_policy', 'read_only', 'restart', 'scale', 'secrets', 'security_opt', 'shm_size'],
  ...['stdin_open', 'stop_grace_period', 'stop_signal', 'sysctls', 'tmpfs', 'tty', 'ulimits', 'user', 'volumes', 'volumes_from'],
  'working_dir',
];

const NOTED: Readonly<Record<string, string>> = {
  attach: 'matters only to who watches in a terminal',
  develop: 'matters only while developing on one machine',
};

const NO_EFFECT: Readonly<Record<string, string>> = {
  annotations: 'nothing here reads annotations',
  blkio_config: 'the speed of disks is not limited',
  cpu_count: 'it limits CPUs on Windows; write “cpus”',
  cpu_percent: 'it limits CPUs on Windows; write “cpus”',
  cpu_rt_period: 'no container is given real-time scheduling',
  cpu_rt_runtime: 'no container is given real-time scheduling',
  isolation: 'it chooses how containers are kept apart on Windows',
  mem_swappiness: 'the host decides what it swaps out',
  oom_kill_disable: 'a container may not be spared at the cost of its host',
  pull_refresh_after: 'an image is pulled again when the application is updated',
  storage_opt: 'the disk of a container is not limited',
};

const UNSUPPORTED: Readonly<Record<string, readonly [reason: string, hint?: string]>> = {
  credential_spec: ['hosts run Linux'],
  external_links: [
    'containers outside of this application are not reached by name',
    'Give their address in “environment” or “extra_hosts”.',
  ],
  models: ['no models are run here', 'Give the address of a model in “environment”.'],
  post_start: ['no command is run in a container besides its own', 'Put it into the entrypoint.'],
  pre_start: [
    'no command is run before a container',
    'Make it a service of its own, and wait for it with “service_completed_successfully”.',
  ],
  pre_stop: ['no command is run in a container besides its own', 'Let the process do it when it gets “stop_signal”.'],
  provider: ['services are containers here', 'Give the address of the other service in “environment”.'],
};

export const SERVICE_ATTRIBUTES: readonly string[] = [
  ...READ,
  ...DANGEROUS_KEYS,
  ...Object.keys(NOTED),
  ...Object.keys(NO_EFFECT),
  ...Object.keys(UNSUPPORTED),
].sort();

/** Says every key of a service that has no effect, is not supported, or that there is not. Messages name it as it was written. */
export function checkAttributes({ attributes, context: { findings } }: ComposeService): void {
  for (const [key, entry] of attributes) {
    if (key.startsWith('x-') || READ.includes(key) || DANGEROUS_KEYS.includes(key)) continue;
    if (!SERVICE_ATTRIBUTES.includes(key)) addUnknownKey(findings, entry, SERVICE_ATTRIBUTES);
    else if (!isEmpty(entry)) addReason(key, entry, findings);
  }
}

function addReason(key: string, entry: SourceEntry, findings: ComposeService['context']['findings']): void {
  const noted = NOTED[key];
  if (noted !== undefined) addNote(findings, entry, noted);
  const noEffect = NO_EFFECT[key];
  if (noEffect !== undefined) addNoEffect(findings, entry, noEffect);
  const [reason, hint] = UNSUPPORTED[key] ?? [];
  if (reason !== undefined) addUnsupported(findings, entry, reason, hint);
}

function isEmpty({ value }: SourceEntry): boolean {
  return isNothing(value) || (value.kind === 'list' && value.items.length === 0) || (value.kind === 'map' && value.entries.size === 0);
}

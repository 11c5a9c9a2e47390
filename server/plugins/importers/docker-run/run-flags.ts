/** What a flag of `docker run` says in Compose. */
export type RunFlag =
  /** Takes no value: sets a key to true. */
  | { readonly kind: 'flag'; readonly key: string }
  | { readonly kind: 'text'; readonly key: string }
  /** May be given several times. */
  | { readonly kind: 'list'; readonly key: string }
  /** A key of a map below a key. */
  | { readonly kind: 'below'; readonly key: string; readonly below: string }
  /** Has a reader of its own. */
  | { readonly kind: 'special'; readonly value: boolean; readonly read: SpecialFlag }
  /** Says nothing about the service, or nothing that has an effect. */
  | { readonly kind: 'silent' | 'no-effect'; readonly value: boolean; readonly reason?: string };

export type SpecialFlag =
  | 'ip'
  | 'log-option'
  | 'mount'
  | 'name'
  | 'network'
  | 'network-alias'
  | 'no-healthcheck'
  | 'publish-all'
  | 'rm'
  | 'stop-timeout'
  | 'ulimit'
  | 'volume';

const flag = (key: string): RunFlag => ({ kind: 'flag', key });
const text = (key: string): RunFlag => ({ kind: 'text', key });
const list = (key: string): RunFlag => ({ kind: 'list', key });
const below = (key: string, name: string): RunFlag => ({ kind: 'below', key, below: name });
const special = (read: SpecialFlag, value = true): RunFlag => ({ kind: 'special', value, read });
const silent = (value: boolean): RunFlag => ({ kind: 'silent', value });
const noEffect = (value: boolean, reason: string): RunFlag => ({ kind: 'no-effect', value, reason });

const TERMINAL = 'matters only to who runs it in a terminal';
const DISK = 'the speed and size of disks is not limited';
const WINDOWS = 'it is for Windows';

/** Every flag of `docker run` and `docker create`, with its other names. */
export const RUN_FLAGS: Readonly<Record<string, RunFlag>> = {
  'add-host': list('extra_hosts'),
  annotation: list('annotations'),
  attach: noEffect(true, TERMINAL),
  'blkio-weight': noEffect(true, DISK),
  'blkio-weight-device': noEffect(true, DISK),
  'cap-add': list('cap_add'),
  'cap-drop': list('cap_drop'),
  'cgroup-parent': text('cgroup_parent'),
  cgroupns: text('cgroup'),
  cidfile: noEffect(true, TERMINAL),
  'cpu-count': noEffect(true, WINDOWS),
  'cpu-percent': noEffect(true, WINDOWS),
  'cpu-period': text('cpu_period'),
  'cpu-quota': text('cpu_quota'),
  'cpu-rt-period': text('cpu_rt_period'),
  'cpu-rt-runtime': text('cpu_rt_runtime'),
  'cpu-shares': text('cpu_shares'),
  cpus: text('cpus'),
  'cpuset-cpus': text('cpuset'),
  'cpuset-mems': noEffect(true, 'memory is not bound to processors'),
  detach: silent(false),
  'detach-keys': noEffect(true, TERMINAL),
  device: list('devices'),
  'device-cgroup-rule': list('device_cgroup_rules'),
  'device-read-bps': noEffect(true, DISK),
  'device-read-iops': noEffect(true, DISK),
  'device-write-bps': noEffect(true, DISK),
  'device-write-iops': noEffect(true, DISK),
  'disable-content-trust': silent(false),
  dns: list('dns'),
  'dns-opt': list('dns_opt'),
  'dns-option': list('dns_opt'),
  'dns-search': list('dns_search'),
  domainname: text('domainname'),
  entrypoint: text('entrypoint'),
  env: list('environment'),
  'env-file': list('env_file'),
  expose: list('expose'),
  gpus: text('gpus'),
  'group-add': list('group_add'),
  'health-cmd': below('healthcheck', 'test'),
  'health-interval': below('healthcheck', 'interval'),
  'health-retries': below('healthcheck', 'retries'),
  'health-start-interval': below('healthcheck', 'start_interval'),
  'health-start-period': below('healthcheck', 'start_period'),
  'health-timeout': below('healthcheck', 'timeout'),
  hostname: text('hostname'),
  init: flag('init'),
  interactive: flag('stdin_open'),
  'io-maxbandwidth': noEffect(true, WINDOWS),
  'io-maxiops': noEffect(true, WINDOWS),
  ip: special('ip'),
  ip6: noEffect(true, 'networks have IPv4 addresses'),
  ipc: text('ipc'),
  isolation: text('isolation'),
  'kernel-memory': noEffect(true, 'Docker no longer has it'),
  label: list('labels'),
  'label-file': list('label_file'),
  link: list('links'),
  'link-local-ip': noEffect(true, 'a container is attached to a network in one way'),
  'log-driver': below('logging', 'driver'),
  'log-opt': special('log-option'),
  'mac-address': text('mac_address'),
  memory: text('mem_limit'),
  'memory-reservation': text('mem_reservation'),
  'memory-swap': text('memswap_limit'),
  'memory-swappiness': text('mem_swappiness'),
  mount: special('mount'),
  name: special('name'),
  net: special('network'),
  'net-alias': special('network-alias'),
  network: special('network'),
  'network-alias': special('network-alias'),
  'no-healthcheck': special('no-healthcheck', false),
  'oom-kill-disable': flag('oom_kill_disable'),
  'oom-score-adj': text('oom_score_adj'),
  pid: text('pid'),
  'pids-limit': text('pids_limit'),
  platform: text('platform'),
  privileged: flag('privileged'),
  publish: list('ports'),
  'publish-all': special('publish-all', false),
  pull: text('pull_policy'),
  quiet: silent(false),
  'read-only': flag('read_only'),
  restart: text('restart'),
  rm: special('rm', false),
  runtime: text('runtime'),
  'security-opt': list('security_opt'),
  'shm-size': text('shm_size'),
  'sig-proxy': silent(false),
  'stop-signal': text('stop_signal'),
  'stop-timeout': special('stop-timeout'),
  'storage-opt': noEffect(true, DISK),
  sysctl: list('sysctls'),
  tmpfs: list('tmpfs'),
  tty: flag('tty'),
  ulimit: special('ulimit'),
  'use-api-socket': flag('use_api_socket'),
  user: text('user'),
  userns: text('userns_mode'),
  uts: text('uts'),
  volume: special('volume'),
  'volume-driver': noEffect(true, 'a volume is kept by its host'),
  'volumes-from': list('volumes_from'),
  workdir: text('working_dir'),
};

export const SHORT_FLAGS: Readonly<Record<string, string>> = {
  a: 'attach',
  c: 'cpu-shares',
  d: 'detach',
  e: 'env',
  h: 'hostname',
  i: 'interactive',
  l: 'label',
  m: 'memory',
  P: 'publish-all',
  p: 'publish',
  q: 'quiet',
  t: 'tty',
  u: 'user',
  v: 'volume',
  w: 'workdir',
};

export function takesValue(given: RunFlag): boolean {
  return given.kind === 'silent' || given.kind === 'no-effect' || given.kind === 'special' ? given.value : given.kind !== 'flag';
}

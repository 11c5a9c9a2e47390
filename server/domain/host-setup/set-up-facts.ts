import { type HostReading, resolveHostCapacity } from '../sensor/host-capacity.ts';

/** What a machine is, as far as setting it up depends on it. */
export interface SetUpFacts {
  /** `ID` of /etc/os-release: debian, ubuntu, fedora, alpine … */
  readonly os: string;
  /** `PRETTY_NAME`: Debian GNU/Linux 12 (bookworm). */
  readonly osName: string;
  readonly architecture: string;
  readonly kernel: string;
  readonly init: 'systemd' | 'openrc' | 'sysv' | 'none';
  /** Commands of package managers that it has. */
  readonly packageCommands: readonly string[];
  readonly user: string;
  readonly groups: readonly string[];
  readonly isRoot: boolean;
  /** `sudo -n` works without a password. */
  readonly hasSudo: boolean;
  readonly docker: 'missing' | 'installed' | 'running';
  /** The engine's socket, as far as this user is concerned. */
  readonly socket: 'missing' | 'denied' | 'usable';
  /** Whether the running engine has it on; null where none runs. */
  readonly liveRestore: boolean | null;
  /** Part of a Swarm: its engine starts no more with live-restore. */
  readonly swarm: boolean;
  /** Where the engine keeps its things, in bytes; null when unknown. */
  readonly freeBytes: number | null;
  /** Kind of the file system there, as `stat -f` calls it: ext2/ext3, xfs, btrfs, overlayfs …; empty when unknown. */
  readonly fileSystem: string;
  /** Version of control groups that it has mounted. */
  readonly cgroup: '1' | '2' | 'none';
  /** What it may use: the machine’s, or the limit of the control group that it runs in itself, if that is less. */
  readonly cpus: number;
  /** As `cpus`; 0 when unknown. */
  readonly memoryBytes: number;
  /** Of the machine's clock, seconds since the epoch; null when unknown. */
  readonly clockSeconds: number | null;
  /** Text of /etc/docker/daemon.json; null where there is none. */
  readonly daemonConfig: string | null;
}

/** Reads the `key=value` lines of the facts script; what is not told is empty. `limits` are of the script that reads what a host may use. */
export function parseSetUpFacts(
  output: string,
  limits: Pick<HostReading, 'cpuLimit' | 'memoryLimitBytes' | 'memTotalBytes'>,
  decode: (base64: string) => string,
): SetUpFacts {
  const lines = new Map(
    output.split('\n').flatMap((line): readonly (readonly [string, string])[] => {
      const at = line.indexOf('=');
      return at < 1 ? [] : [[line.slice(0, at), line.slice(at + 1).trim()]];
    }),
  );
  const text = (key: string): string => lines.get(key) ?? '';
  const words = (key: string): readonly string[] =>
    text(key)
      .split(/\s+/)
      .filter((word) => word !== '');
  const config = text('config');
  return {
    os: text('os') || 'unknown',
    osName: text('osName') || text('os') || 'an unknown system',
    architecture: text('architecture'),
    kernel: text('kernel'),
    init: oneOf(text('init'), ['systemd', 'openrc', 'sysv', 'none']),
    packageCommands: words('packages'),
    user: text('user') || 'root',
    groups: words('groups'),
    isRoot: text('uid') === '0',
    hasSudo: text('sudo') === 'yes',
    docker: oneOf(text('docker'), ['running', 'installed', 'missing']),
    socket: oneOf(text('socket'), ['usable', 'denied', 'missing']),
    liveRestore: text('liveRestore') === '' ? null : text('liveRestore') === 'true',
    swarm: text('swarm') === 'yes',
    freeBytes: toBytes(text('freeKiB')),
    fileSystem: text('fileSystem'),
    cgroup: oneOf(text('cgroup'), ['1', '2', 'none']),
    ...resolveHostCapacity({ cpus: toNumber(text('cpus')) ?? 0, memoryBytes: 0 }, limits),
    clockSeconds: toNumber(text('clock')),
    daemonConfig: config === '' ? null : decode(config),
  };
}

/** One line for a person: the system, what it may use, and where the engine’s things will lie. */
export function describeMachine(facts: SetUpFacts): string {
  const memory = facts.memoryBytes === 0 ? [] : [`${(facts.memoryBytes / 1024 ** 3).toFixed(1)} GiB of memory`];
  return [
    `${facts.osName}, ${facts.architecture}, Linux ${facts.kernel}, ${facts.init}`,
    facts.cgroup === 'none' ? 'no control groups' : `cgroup v${facts.cgroup}`,
    `${facts.cpus} CPUs`,
    ...memory,
    ...(facts.fileSystem === '' ? [] : [facts.fileSystem]),
    `Docker Engine ${facts.docker}`,
  ].join(', ');
}

function oneOf<Word extends string>(text: string, words: readonly [...(readonly Word[]), Word]): Word {
  return words.find((word) => word === text) ?? (words.at(-1) as Word);
}

function toNumber(text: string): number | null {
  return /^\d+$/.test(text) ? Number(text) : null;
}

function toBytes(kibibytes: string): number | null {
  const value = toNumber(kibibytes);
  return value === null ? null : value * 1024;
}

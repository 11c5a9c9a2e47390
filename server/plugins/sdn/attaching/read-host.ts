/** What a host has of containers and of what CNI has done to them. */
export interface CniHost {
  /** Commands that it has not. */
  readonly missing: readonly string[];
  /** Plug-ins that are in none of its folders. */
  readonly absent: readonly string[];
  readonly containers: readonly CniContainer[];
  readonly attached: readonly Attached[];
}

export interface CniContainer {
  readonly id: string;
  readonly name: string;
  readonly instanceId: string | null;
  /** Number of its network namespace; null where it does not run. */
  readonly inode: string | null;
  readonly pid: string;
}

export interface Attached {
  /** `<network>-<container id>` */
  readonly name: string;
  readonly inode: string;
  /** Of the calls by which it was attached. */
  readonly hash: string;
  /** Whether it is as it was made. `gone`: the container has another network namespace, or none. */
  readonly state: 'right' | 'wrong' | 'gone';
}

/** Reads lines of the observing script, each a word and its values. */
export function readHost(output: string): CniHost {
  const lines = output.split('\n').map((line) => line.trim().split(' '));
  const all = (word: string): readonly (readonly string[])[] => lines.flatMap(([first, ...rest]) => (first === word ? [rest] : []));
  return {
    missing: all('missing').flatMap(([name]) => name ?? []),
    absent: all('absent').flatMap(([name]) => name ?? []),
    containers: all('container').map(([id = '', pid = '0', inode = '0', name = '', instance = '-']) => ({
      ...{ id, pid, name: name.replace(/^\//, '') },
      ...{ instanceId: instance === '-' ? null : instance, inode: inode === '0' ? null : inode },
    })),
    attached: all('attached').map(([name = '', inode = '', hash = '', state = '']) => ({
      ...{ name, inode, hash },
      state: state === 'right' || state === 'wrong' ? state : 'gone',
    })),
  };
}

/** With what CHECK has found: lines `wrong` and a name. */
export function withChecked(host: CniHost, output: string): CniHost {
  const wrong = new Set([...output.matchAll(/^wrong (\S+)$/gm)].map(([, name]) => name));
  return {
    ...host,
    attached: host.attached.map((one) => (one.state === 'right' && wrong.has(one.name) ? { ...one, state: 'wrong' } : one)),
  };
}

/** What a host has of ours. */
export interface ObservedHost {
  /** Hardware addresses of bridges, by name. */
  readonly bridges: ReadonlyMap<string, string>;
  /** Bridges that answer for addresses elsewhere. */
  readonly answering: ReadonlySet<string>;
  /** SHA-256 of what is in the files, and of the rules; empty where there is none, or somebody has changed the rules since. */
  readonly peers: string;
  readonly routes: string;
  readonly rules: string;
  /** BIRD runs with our files. */
  readonly isAlive: boolean;
  /** It has read them as they are. */
  readonly hasRead: boolean;
  /** The host looks at our table of routes. */
  readonly isLooking: boolean;
  /** Where packets may pass although the host forwards none: rules of ours in Docker's chain. */
  readonly passes: readonly string[];
  /** Anything of ours is there. */
  readonly isThere: boolean;
  /** Who listens on the port of BGP without being ours: a process, or empty. */
  readonly portTaken: string;
  /** Peers that are reached by a router only. */
  readonly routed: readonly string[];
}

/** Reads lines of the observing script, each a word and its value. */
export function readHost(output: string): ObservedHost {
  const lines = output.split('\n').map((line) => {
    const space = line.indexOf(' ');
    return space < 0 ? { word: line, value: '' } : { word: line.slice(0, space), value: line.slice(space + 1).trim() };
  });
  const all = (word: string): readonly string[] => lines.flatMap((line) => (line.word === word && line.value !== '' ? [line.value] : []));
  const one = (word: string): string => all(word)[0] ?? '';
  const passes = all('pass').map(toPass);
  const isThere = one('folder') !== '' || one('table') !== '' || one('rule') !== '' || passes.length > 0;
  return {
    ...{ bridges: new Map(all('bridge').map(toBridge)), answering: new Set(all('answering')), peers: one('peers'), routes: one('routes') },
    ...{
      rules: one('rules'),
      isAlive: one('bird') === 'alive',
      hasRead: one('read') !== '',
      isLooking: one('rule') !== '',
      passes,
      isThere,
    },
    ...{ portTaken: one('taken'), routed: all('routed') },
  };
}

function toBridge(line: string): readonly [string, string] {
  const [name = '', mac = ''] = line.split(' ');
  return [name, mac];
}

/** iptables quotes comments with a colon in them. */
function toPass(line: string): string {
  return line.replace(/^-A DOCKER-USER /, '').replaceAll('"', '');
}

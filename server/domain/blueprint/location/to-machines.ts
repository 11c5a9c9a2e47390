import { type ConfigMap, type ConfigValue, isConfigList, isDeferred } from '../config-value.ts';
import { quoteText } from '../findings.ts';
import { expandBraces } from './expand-braces.ts';
import { type LocationProblem, MOST_MACHINES } from './location-problem.ts';
import { splitAtCommas } from './parse-location-text.ts';
import { type MachineAddress, parseMachine, toPort } from './parse-machine.ts';

/** Machines as plain data: `{ address, user?, port?, … }`, each with what the map of its host says besides. */
export type Machines = { readonly machines: readonly ConfigMap[]; readonly problems: readonly LocationProblem[] };

/**
 * The hosts of a `byon` location: a text (`a,b,user@h{1,2-5}:22`) or a list of texts and maps. `user` and `port` of the location
 * hold for hosts that have none of their own. A host that is listed twice is two machines, as in Brooklyn.
 */
export function toMachines(hosts: ConfigValue | undefined, defaults: ConfigMap): Machines {
  const items = typeof hosts === 'string' ? [hosts] : isConfigList(hosts) ? hosts : null;
  if (items === null) {
    const message = 'needs “hosts”: a text such as "10.0.0.1,10.0.0.2", or a list';
    return { machines: [], problems: [hosts === undefined ? { message, at: [], missing: true } : { message, at: ['hosts'] }] };
  }
  const machines: ConfigMap[] = [];
  const problems: LocationProblem[] = [];
  items.forEach((item, index) => {
    const at = typeof hosts === 'string' ? ['hosts'] : ['hosts', index];
    const read = typeof item === 'string' ? fromText(item) : fromMap(item);
    problems.push(...read.problems.map((problem) => ({ ...problem, at: [...at, ...problem.at] })));
    machines.push(...read.machines.map((machine) => ({ ...defaultsOf(defaults), ...machine })));
  });
  if (problems.length > 0) return { machines, problems };
  if (machines.length === 0) return none('needs at least one host', ['hosts']);
  if (machines.length > MOST_MACHINES) return none(`has more than ${MOST_MACHINES.toLocaleString('en')} hosts`, ['hosts']);
  return { machines, problems };
}

function none(message: string, at: LocationProblem['at']): Machines {
  return { machines: [], problems: [{ message, at }] };
}

function defaultsOf({ user, port }: ConfigMap): ConfigMap {
  const number = typeof port === 'string' ? (toPort(port) ?? port) : port;
  return { ...(user === undefined ? {} : { user }), ...(number === undefined ? {} : { port: number }) };
}

function fromText(text: string): Machines {
  const pieces = splitAtCommas(text);
  if (pieces === null) return none('has a brace without its partner in its hosts', []);
  const machines: ConfigMap[] = [];
  const given = pieces.at(-1) === '' ? pieces.slice(0, -1) : pieces;
  for (const piece of given) {
    const expanded = expandBraces(piece, { most: MOST_MACHINES, ranges: 'counted' });
    if (!expanded.ok) return none(`${quoteText(piece)} ${expanded.message}`, []);
    for (const host of expanded.texts) {
      const parsed = parseMachine(host);
      if (!parsed.ok) return none(parsed.message, []);
      machines.push(toConfig(parsed.machine));
    }
  }
  return { machines, problems: [] };
}

function toConfig({ user, address, port }: MachineAddress): ConfigMap {
  return { address, ...(user === undefined ? {} : { user }), ...(port === undefined ? {} : { port }) };
}

const CONNECTIONS = ['ssh', 'winrm', 'address'] as const;

/** `{ ssh: user@host:port, privateAddresses: […], tcpPortMappings: {…}, … }`. */
function fromMap(value: ConfigValue): Machines {
  if (typeof value !== 'object' || value === null || isConfigList(value) || isDeferred(value)) {
    return isDeferred(value) ? { machines: [{ ssh: value }], problems: [] } : none('each host needs a text, or a map with “ssh”', []);
  }
  const map: ConfigMap = Object.fromEntries(Object.entries(value));
  const given = CONNECTIONS.filter((name) => map[name] !== undefined);
  const [connection] = given;
  if (connection === undefined || given.length > 1) return none('each host needs exactly one of “ssh” and “winrm”', []);
  const { [connection]: where, ...rest } = map;
  if (isDeferred(where)) return { machines: [map], problems: [] };
  if (typeof where !== 'string') return none(`“${connection}” needs a text such as user@host:22`, [connection]);
  const parsed = parseMachine(where);
  if (!parsed.ok) return none(parsed.message, [connection]);
  const twice = twiceGiven(parsed.machine, rest);
  if (twice !== null) return none(`the ${twice} of ${quoteText(parsed.machine.address)} is given twice`, [twice]);
  const port = typeof rest.port === 'string' ? toPort(rest.port) : rest.port;
  if (port === null || (typeof port === 'number' && toPort(String(port)) === null)) return none('needs a port from 1 to 65535', ['port']);
  const machine = { ...rest, ...(port === undefined ? {} : { port }), ...toConfig(parsed.machine) };
  const windows = connection === 'winrm' ? { osFamily: 'windows' } : {};
  return throughMapping({ ...machine, ...windows }, connection === 'winrm' ? 5985 : 22);
}

function twiceGiven(machine: MachineAddress, rest: ConfigMap): 'user' | 'port' | null {
  if (machine.user !== undefined && rest.user !== undefined) return 'user';
  return machine.port !== undefined && rest.port !== undefined ? 'port' : null;
}

/** A mapping of the port that is connected to says where the machine is really reached. */
function throughMapping(machine: ConfigMap, usualPort: number): Machines {
  const mappings = machine.tcpPortMappings;
  if (typeof mappings !== 'object' || mappings === null || isConfigList(mappings) || isDeferred(mappings)) {
    return { machines: [machine], problems: [] };
  }
  const port = typeof machine.port === 'number' ? machine.port : usualPort;
  const mapped = new Map(Object.entries(mappings)).get(String(port));
  if (typeof mapped !== 'string') return { machines: [machine], problems: [] };
  const parsed = parseMachine(mapped);
  if (!parsed.ok || parsed.machine.port === undefined) {
    return none(`the mapping of port ${port}, ${quoteText(mapped)}, needs host:port`, ['tcpPortMappings', String(port)]);
  }
  return { machines: [{ ...machine, address: parsed.machine.address, port: parsed.machine.port }], problems: [] };
}

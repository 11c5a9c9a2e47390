import type { PrintMap } from '../blueprint/print-yaml.ts';
import type { SpecNode } from '../blueprint/spec-tree.ts';
import type { EntitySpec } from '../entity/entity-spec.ts';
import { isHostFolder } from '../entity/host-access.ts';
import { type FoldedValue, foldValue } from './fold-expression.ts';
import { escapeDollars, isFoldedList, isFoldedMap, type PrintedFile, type Printer, type ServicePlace, toPrint } from './printer.ts';
import { SHARED } from './to-network-declarations.ts';

/* Networks, volumes and files: what stands at the top of a Compose file, and how services name it. */

type Read = (key: string) => FoldedValue | undefined;

/** Bindings count instead of direct ports; open ports get a free port of the host. */
export function printPorts(read: Read): FoldedValue | undefined {
  const bindings = read('docker.container.portBindings');
  const bound = isFoldedList(bindings)
    ? bindings.map(String)
    : Object.entries(isFoldedMap(bindings) ? bindings : {}).map(([host, container]) => `${host}:${container}`);
  const direct = read('docker.container.directPorts');
  const open = read('docker.container.openPorts');
  const ports = [
    ...bound,
    ...(bound.length === 0 && isFoldedList(direct) ? direct.map((port) => `${String(port).split('/')[0]}:${port}`) : []),
    ...(isFoldedList(open) ? open.map(String) : []),
  ];
  return ports.length === 0 ? undefined : ports;
}

/** A volume that the application does not declare is the service’s own: in Compose it needs a name of its own. */
export function printMounts(
  value: FoldedValue | undefined,
  node: SpecNode,
  { name }: ServicePlace,
  printer: Printer,
): FoldedValue | undefined {
  const shared = declaredAt(node, 'docker.volumes');
  const own = (volume: string) => {
    if (shared.has(volume) || isHostFolder(volume)) return volume;
    const named = (printer.ownVolumes.get(volume) ?? name) === name ? volume : `${name}-${volume}`;
    printer.ownVolumes.set(named, name);
    return named;
  };
  const items = isFoldedMap(value) ? Object.entries(value).map(([volume, path]) => `${volume}:${path}`) : isFoldedList(value) ? value : [];
  const mounts = items.map((item): FoldedValue => {
    if (!isFoldedMap(item)) {
      const [volume = '', ...rest] = String(item).split(':');
      return [own(volume), ...rest].join(':');
    }
    const source = typeof item.source === 'string' ? own(item.source) : undefined;
    return {
      type: source !== undefined && isHostFolder(source) ? 'bind' : 'volume',
      ...(source === undefined ? {} : { source }),
      target: item.target ?? '',
      ...(item.readOnly === true ? { read_only: true } : {}),
      ...(item.noCopy === true ? { volume: { nocopy: true } } : {}),
    };
  });
  return mounts.length === 0 ? undefined : mounts;
}

function declaredAt(node: SpecNode, key: string): ReadonlySet<string> {
  let root = node;
  while (root.parent !== null) root = root.parent;
  const declared = root.spec.config[key];
  return new Set(typeof declared === 'object' && declared !== null ? Object.keys(declared) : []);
}

export function printServiceNetworks(
  value: FoldedValue | undefined,
  aliases: FoldedValue | undefined,
  { networks }: Printer,
): FoldedValue | undefined {
  const given = isFoldedList(value)
    ? value.map((item) => (isFoldedMap(item) ? item : { name: String(item) }))
    : Object.entries(isFoldedMap(value) ? value : {}).map(([name, item]) => ({ name, ...(isFoldedMap(item) ? item : {}) }));
  const everywhere = isFoldedList(aliases) ? aliases : [];
  const joined = given.length === 0 ? [{ name: 'default' }] : given;
  const entries = joined.map((item, index): readonly [string, FoldedValue] => {
    const { name, aliases: own, address, macAddress }: { readonly [key: string]: FoldedValue } = item;
    networks.add(String(name));
    const all = [...(isFoldedList(own) ? own : []), ...everywhere];
    const settings = {
      ...(all.length === 0 ? {} : { aliases: all }),
      ...(address === undefined ? {} : { ipv4_address: address }),
      ...(macAddress === undefined ? {} : { mac_address: macAddress }),
      // Compose attaches networks by priority, not in their order.
      ...(joined.length > 1 ? { priority: joined.length - index } : {}),
    };
    return [String(name), settings];
  });
  const [only] = entries;
  if (entries.length === 1 && only?.[0] === 'default' && Object.keys(only[1] ?? {}).length === 0) return undefined;
  return Object.fromEntries(entries);
}

/** Files with their content at the top of the Compose file. Of secrets only a variable can be named there. */
export function printServiceFiles(
  value: FoldedValue | undefined,
  kind: PrintedFile['kind'],
  service: string,
  printer: Printer,
): FoldedValue | undefined {
  if (!isFoldedMap(value)) return undefined;
  const grants = Object.entries(value).map(([target, file], index): FoldedValue => {
    const { content, mode, owner } = isFoldedMap(file) ? file : { content: file, mode: undefined, owner: undefined };
    const name = `${service}-${kind === 'configs' ? 'file' : 'secret'}-${index + 1}`;
    printer.addFile({ kind, name, content: String(content ?? '') });
    if (kind === 'secrets') printer.leave(service, `the content of ${target}`, `give it in the variable ${variableOf(name)}`);
    const [uid, gid] = owner === undefined || owner === null ? [] : String(owner).split(':');
    const standard = kind === 'configs' ? '0644' : undefined;
    const shown = mode === undefined ? standard : String(mode);
    return {
      source: name,
      target,
      ...(uid === undefined ? {} : { uid }),
      ...(gid === undefined ? {} : { gid }),
      ...(shown === undefined ? {} : { mode: shown.padStart(4, '0') }),
    };
  });
  return grants.length === 0 ? undefined : grants;
}

export function printFiles(files: readonly PrintedFile[]): PrintMap {
  const entries = files.map(({ kind, name, content }) => ({
    key: name,
    value: toPrint(kind === 'configs' ? { content: escapeDollars(content) } : { environment: variableOf(name) }),
  }));
  return { entries };
}

function variableOf(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
}

/** Declared ones, and those that services only name. */
export function printNetworks(root: EntitySpec, printer: Printer): PrintMap {
  const declared = configMap(root.config['docker.networks']);
  const names = new Set([...Object.keys(declared), ...[...printer.networks].filter((name) => name !== 'default')]);
  const entries = [...names].map((name) => {
    const given = declared[name];
    const { external, shared, internal, subnet, ipRange, gateway, options, labels } = isFoldedMap(given) ? given : {};
    const pool = {
      ...(subnet === undefined ? {} : { subnet }),
      ...(ipRange === undefined ? {} : { ip_range: ipRange }),
      ...(gateway === undefined ? {} : { gateway }),
    };
    const network = {
      ...outside(external),
      ...(shared === undefined ? {} : { ...outside(shared), [SHARED]: true }),
      ...(internal === true ? { internal } : {}),
      ...(Object.keys(pool).length === 0 ? {} : { ipam: { config: [pool] } }),
      ...(options === undefined ? {} : { driver_opts: options }),
      ...(labels === undefined ? {} : { labels }),
    };
    return { key: name, value: toPrint(escapeDollars(network)) };
  });
  return { entries };
}

export function printVolumes(root: EntitySpec, printer: Printer): PrintMap {
  const declared = configMap(root.config['docker.volumes']);
  const names = new Set([...Object.keys(declared), ...printer.ownVolumes.keys()]);
  const entries = [...names].map((name) => {
    const given = declared[name];
    const { external, driver, options, labels } = isFoldedMap(given) ? given : {};
    const volume = {
      ...outside(external),
      ...(driver === undefined ? {} : { driver }),
      ...(options === undefined ? {} : { driver_opts: options }),
      ...(labels === undefined ? {} : { labels }),
    };
    return { key: name, value: toPrint(escapeDollars(volume)) };
  });
  return { entries };
}

/** What others made, under the name that it has there. */
function outside(external: FoldedValue | undefined): { readonly [key: string]: FoldedValue } {
  return external === undefined ? {} : { external: true, name: external };
}

/** Declarations hold no expressions. */
function configMap(value: EntitySpec['config'][string] | undefined): { readonly [key: string]: FoldedValue } {
  const plain = foldValue(
    value ?? {},
    () => undefined,
    () => undefined,
  );
  return isFoldedMap(plain) ? plain : {};
}

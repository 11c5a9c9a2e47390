import type { EdgeKind, GraphEdge, GraphNode, NodeRole } from './blueprint-graph.ts';
import { type EditValue, isList } from './written-node.ts';
import type { YamlPath } from './yaml-path.ts';

/** The references of a Compose file. */
export function findComposeEdges(nodes: readonly GraphNode[]): readonly GraphEdge[] {
  const byName = new Map(nodes.map((node) => [`${node.role} ${node.id}`, node.path]));
  return nodes
    .filter(({ role }) => role === 'service')
    .flatMap((node) =>
      node.fields.flatMap(({ key, path, value }) => {
        const reference = REFERENCES.get(key);
        if (reference === undefined) return [];
        return namesIn(value, path, reference).map(({ target, at, written }): GraphEdge => {
          const to = byName.get(`${reference.role} ${target}`) ?? null;
          return { from: node.path, to, kind: reference.kind, target, name: null, at, written };
        });
      }),
    );
}

interface Reference {
  readonly kind: EdgeKind;
  readonly role: NodeRole;
  /** The name in a text, or null when the text names nothing here. */
  readonly nameIn: (text: string) => string | null;
  /** The key whose value is the name, in the long form of an item. */
  readonly longKey?: string;
}

const whole = (text: string) => text;
const beforeColon = (text: string) => /^[^:]+/.exec(text)?.[0] ?? null;
/** A volume has a name; a path of the host is none. */
const volumeName = (text: string) => /^([\w][\w.-]*):/.exec(text)?.[1] ?? null;
const ofService = (text: string) => /^service:(.+)$/.exec(text)?.[1] ?? null;

const REFERENCES: ReadonlyMap<string, Reference> = new Map<string, Reference>([
  ['depends_on', { kind: 'depends-on', role: 'service', nameIn: whole }],
  ['links', { kind: 'link', role: 'service', nameIn: beforeColon }],
  ['volumes_from', { kind: 'volume', role: 'service', nameIn: beforeColon }],
  ['network_mode', { kind: 'network', role: 'service', nameIn: ofService }],
  ['extends', { kind: 'extends', role: 'service', nameIn: whole, longKey: 'service' }],
  ['networks', { kind: 'network', role: 'network', nameIn: whole }],
  ['volumes', { kind: 'volume', role: 'volume', nameIn: volumeName, longKey: 'source' }],
  ['secrets', { kind: 'secret', role: 'secret', nameIn: whole, longKey: 'source' }],
  ['configs', { kind: 'config', role: 'config', nameIn: whole, longKey: 'source' }],
]);

export function referenceOf(key: string): Reference | undefined {
  return REFERENCES.get(key);
}

interface Name {
  readonly target: string;
  readonly at: YamlPath;
  readonly written: GraphEdge['written'];
}

/** A text, a list of texts or long items, or a map with names as its keys. */
function namesIn(value: EditValue, at: YamlPath, { nameIn, longKey }: Reference): readonly Name[] {
  const named = (text: string, path: YamlPath): readonly Name[] => {
    const target = nameIn(text);
    return target === null ? [] : [{ target, at: path, written: 'value' }];
  };
  const long = (item: EditValue, path: YamlPath): readonly Name[] => {
    if (typeof item === 'string') return named(item, path);
    if (typeof item !== 'object' || item === null || isList(item) || longKey === undefined) return [];
    const target = item[longKey];
    const bind = item.type !== undefined && item.type !== 'volume';
    return typeof target === 'string' && !bind ? [{ target, at: [...path, longKey], written: 'value' }] : [];
  };
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? named(value, at) : [];
  if (isList(value)) return value.flatMap((item, index) => long(item, [...at, index]));
  if (longKey !== undefined) return long(value, at);
  return Object.keys(value).map((target) => ({ target, at: [...at, target], written: 'key' }));
}

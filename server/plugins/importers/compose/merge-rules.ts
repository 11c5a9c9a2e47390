import { entryAt, mapAt, scalarAt } from '../../../domain/blueprint/source-builder.ts';
import { type SourceEntry, type SourceMap, type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import { formatPort, parsePort, toPort } from '../../../domain/compose/parse-port.ts';

/** How two values at one place of a Compose file become one. */
export type MergeRule =
  | { readonly kind: 'replace' }
  /** A map of values, or a list of `KEY=value`. */
  | { readonly kind: 'pairs'; readonly separator: RegExp }
  /** A map by name, or a list of names; `toValue` is what a name alone stands for. */
  | { readonly kind: 'names'; toValue(node: SourceNode): SourceNode }
  /** A list; items of the same key become one, the later one winning. */
  | { readonly kind: 'items'; keyOf(item: SourceNode): string | null }
  | { readonly kind: 'logging' };

const TEXTS: MergeRule = { kind: 'items', keyOf: textOf };
const PAIRS: MergeRule = { kind: 'pairs', separator: /=/ };
const BY_TARGET: MergeRule = { kind: 'items', keyOf: targetOf };

const RULES: Readonly<Record<string, MergeRule>> = {
  'services/*/annotations': PAIRS,
  'services/*/build/additional_contexts': PAIRS,
  'services/*/build/args': PAIRS,
  'services/*/build/extra_hosts': { kind: 'pairs', separator: /[=:]/ },
  'services/*/build/labels': PAIRS,
  'services/*/cap_add': TEXTS,
  'services/*/cap_drop': TEXTS,
  'services/*/command': { kind: 'replace' },
  'services/*/configs': BY_TARGET,
  'services/*/depends_on': {
    kind: 'names',
    toValue: (node) => mapAt(node.range, [entryAt(node.range, 'condition', scalarAt(node.range, 'service_started'))]),
  },
  'services/*/deploy/labels': PAIRS,
  'services/*/deploy/placement/constraints': TEXTS,
  'services/*/devices': BY_TARGET,
  'services/*/dns': TEXTS,
  'services/*/dns_opt': TEXTS,
  'services/*/dns_search': TEXTS,
  'services/*/entrypoint': { kind: 'replace' },
  'services/*/env_file': TEXTS,
  'services/*/environment': PAIRS,
  'services/*/expose': TEXTS,
  'services/*/external_links': TEXTS,
  'services/*/extra_hosts': { kind: 'pairs', separator: /[=:]/ },
  'services/*/group_add': TEXTS,
  'services/*/healthcheck/test': { kind: 'replace' },
  'services/*/label_file': TEXTS,
  'services/*/labels': PAIRS,
  'services/*/links': TEXTS,
  'services/*/logging': { kind: 'logging' },
  'services/*/models': { kind: 'names', toValue: nothingAt },
  'services/*/networks': { kind: 'names', toValue: nothingAt },
  'services/*/networks/*/aliases': TEXTS,
  'services/*/ports': { kind: 'items', keyOf: portOf },
  'services/*/profiles': TEXTS,
  'services/*/secrets': BY_TARGET,
  'services/*/security_opt': TEXTS,
  'services/*/sysctls': PAIRS,
  'services/*/tmpfs': TEXTS,
  'services/*/volumes': BY_TARGET,
  'services/*/volumes_from': TEXTS,
  'networks/*/ipam/config': { kind: 'items', keyOf: (item) => (item.kind === 'map' ? textOf(item.entries.get('subnet')?.value) : null) },
  'networks/*/labels': PAIRS,
  'volumes/*/labels': PAIRS,
};

export function ruleAt(path: readonly string[]): MergeRule | undefined {
  const pattern = path.map((key, index) => (index === 1 || (index === 3 && path[2] === 'networks') ? '*' : key)).join('/');
  return Object.hasOwn(RULES, pattern) ? RULES[pattern] : undefined;
}

/** Both forms of pairs as a map. */
export function toPairMap(node: SourceNode, separator: RegExp): SourceMap {
  if (node.kind === 'map') return node;
  const items = node.kind === 'list' ? node.items : [node];
  const entries = items.flatMap((item): readonly SourceEntry[] => {
    const text = textOf(item);
    if (text === null) return [];
    const at = text.search(separator);
    const value = at < 0 ? nothingAt(item) : scalarAt(item.range, text.slice(at + 1));
    return [entryAt(item.range, at < 0 ? text : text.slice(0, at), value)];
  });
  return mapAt(node.range, entries);
}

/** Both forms of a choice of names as a map. */
export function toNameMap(node: SourceNode, toValue: (node: SourceNode) => SourceNode): SourceMap {
  if (node.kind === 'map') return node;
  const items = node.kind === 'list' ? node.items : [];
  return mapAt(
    node.range,
    items.flatMap((item) => {
      const name = textOf(item);
      return name === null ? [] : [entryAt(item.range, name, toValue(item))];
    }),
  );
}

/** The short form of `build`. */
export function toBuildMap(node: SourceNode): SourceNode {
  return node.kind === 'scalar' && node.value !== null ? mapAt(node.range, [entryAt(node.range, 'context', node)]) : node;
}

function nothingAt(node: SourceNode): SourceNode {
  return scalarAt(node.range, null);
}

/** Where it comes to be in the container. */
function targetOf(item: SourceNode): string | null {
  if (item.kind === 'map') return textOf((item.entries.get('target') ?? item.entries.get('source'))?.value);
  const text = textOf(item);
  if (text === null) return null;
  const [first = '', second] = text.split(':');
  return (second ?? first).replace(/(.)\/+$/, '$1');
}

function portOf(item: SourceNode): string | null {
  const at = (key: string) => (item.kind === 'map' ? (textOf(item.entries.get(key)?.value) ?? undefined) : undefined);
  const parsed =
    item.kind === 'map'
      ? toPort({ address: at('host_ip'), published: at('published'), target: at('target') ?? '', protocol: at('protocol') ?? 'tcp' })
      : parsePort(textOf(item) ?? '');
  return parsed.ok ? formatPort(parsed.port) : null;
}

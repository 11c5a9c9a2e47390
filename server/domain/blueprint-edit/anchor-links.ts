import { YAML_LIMITS } from '../blueprint/check-yaml-tokens.ts';
import type { YamlPath } from './yaml-path.ts';
import { isMergeKey, type YamlAlias, type YamlItem, type YamlNode } from './yaml-tree.ts';

/** What the aliases of a text stand for. */
export interface AnchorLinks {
  /** By alias, the value that it repeats. */
  readonly targets: ReadonlyMap<YamlAlias, AnchoredNode>;
  /** In the order of the text. */
  readonly uses: readonly AliasUse[];
  readonly anchors: readonly AnchoredNode[];
}

export interface AnchoredNode {
  readonly name: string;
  readonly path: YamlPath;
  readonly node: YamlNode;
}

export interface AliasUse {
  readonly alias: YamlAlias;
  readonly path: YamlPath;
}

export const NO_LINKS: AnchorLinks = { targets: new Map(), uses: [], anchors: [] };

/**
 * Follows every alias to the anchor before it. With a problem, which is also the planner's, where that cannot be done: an unknown
 * name, a circle, or too many or too deep values; the links are then those found up to there.
 */
export function linkAnchors(root: YamlNode | null): { readonly links: AnchorLinks; readonly problem: string | null } {
  if (root === null || !root.linked) return { links: NO_LINKS, problem: null };
  const targets = new Map<YamlAlias, AnchoredNode>();
  const linker: Linker = { targets, uses: [], anchors: [], known: new Map(), open: new Set(), problem: null };
  link(root, [], 1, linker);
  return { links: { targets, uses: linker.uses, anchors: linker.anchors }, problem: linker.problem };
}

interface Linker {
  readonly targets: Map<YamlAlias, AnchoredNode>;
  readonly uses: AliasUse[];
  readonly anchors: AnchoredNode[];
  readonly known: Map<string, { readonly target: AnchoredNode; readonly expanded: Expanded }>;
  readonly open: Set<string>;
  problem: string | null;
}

/** With aliases followed. */
interface Expanded {
  readonly size: number;
  readonly depth: number;
}

const NONE: Expanded = { size: 1, depth: 1 };

function link(node: YamlNode, path: YamlPath, level: number, linker: Linker): Expanded {
  if (linker.problem !== null) return NONE;
  if (!node.linked) return node;
  if (node.kind === 'alias') return linkAlias(node, path, level, linker);
  if (node.anchor !== null) linker.open.add(node.anchor.name);
  const expanded = node.kind === 'scalar' ? NONE : linkItems(node.items, path, level, linker);
  if (node.anchor !== null) {
    const target = { name: node.anchor.name, path, node };
    linker.open.delete(target.name);
    linker.known.set(target.name, { target, expanded });
    linker.anchors.push(target);
  }
  return expanded;
}

function linkItems(items: readonly YamlItem[], path: YamlPath, level: number, linker: Linker): Expanded {
  let [size, depth] = [1, 1];
  for (const [index, item] of items.entries()) {
    const below = link(item.value, [...path, item.key === null ? index : (item.key.text ?? '')], level + 1, linker);
    size += below.size;
    depth = Math.max(depth, below.depth + 1);
    if (isMergeKey(item.key) && linker.problem === null) linker.problem = mergeProblem(item.value, linker);
  }
  if (size > YAML_LIMITS.values) linker.problem ??= tooMany();
  return { size, depth };
}

function linkAlias(alias: YamlAlias, path: YamlPath, level: number, linker: Linker): Expanded {
  const found = linker.known.get(alias.name);
  if (linker.open.has(alias.name)) linker.problem = `“*${alias.name}” stands inside the value that it names.`;
  else if (found === undefined) linker.problem = `“*${alias.name}” names no anchor defined before it.`;
  else if (level + found.expanded.depth > YAML_LIMITS.depth) {
    linker.problem = `With “*${alias.name}” expanded the text is nested deeper than ${YAML_LIMITS.depth}.`;
  } else {
    linker.targets.set(alias, found.target);
    linker.uses.push({ alias, path });
    return found.expanded;
  }
  return NONE;
}

/** `<<` takes a map, an alias of one, or a list of such. */
function mergeProblem(value: YamlNode, linker: Linker): string | null {
  const merged = value.kind === 'list' ? value.items.map((item) => item.value) : [value];
  if (merged.length > YAML_LIMITS.mergesPerMap) {
    return `${merged.length} maps are merged; the limit is ${YAML_LIMITS.mergesPerMap}.`;
  }
  const all = merged.every((node) => (node.kind === 'alias' ? linker.targets.get(node)?.node.kind === 'map' : node.kind === 'map'));
  return all ? null : 'Only maps can be merged with “<<”.';
}

function tooMany(): string {
  return `Aliases expand to more than ${YAML_LIMITS.values.toLocaleString('en')} values.`;
}

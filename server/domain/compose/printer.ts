import type { ConfigValue } from '../blueprint/config-value.ts';
import { declaresBy, effectiveConfig, type MapKind, mergeMaps } from '../blueprint/effective-config.ts';
import type { PrintValue } from '../blueprint/print-yaml.ts';
import { ancestorNodes, nodesOf, type SpecNode } from '../blueprint/spec-tree.ts';
import { type FoldedValue, foldExpression, foldValue } from './fold-expression.ts';

/** Something that Compose has no words for. */
export interface LeftOut {
  /** Name of the service that it belongs to; null for what becomes no service. */
  readonly service: string | null;
  readonly what: string;
  readonly why: string;
}

export interface PrintedFile {
  readonly kind: 'configs' | 'secrets';
  readonly name: string;
  readonly content: string;
}

export interface ServicePlace {
  readonly name: string;
  /** The cluster that has it as its member. */
  readonly cluster: SpecNode | null;
}

/** What printing one application gathers on its way. */
export interface Printer {
  readonly leftOut: readonly LeftOut[];
  readonly files: readonly PrintedFile[];
  /** Volumes that a service has for itself: the name that each gets, and whose it is. */
  readonly ownVolumes: Map<string, string>;
  /** Networks that services name. */
  readonly networks: Set<string>;
  leave(service: string | null, what: string, why: string): void;
  addFile(file: PrintedFile): void;
  /** The config that counts, with expressions folded. */
  configOf(node: SpecNode, key: string, service: string): FoldedValue | undefined;
  serviceOf(planId: string): string | undefined;
}

/** Keys whose values are for one entity alone. */
const NOT_INHERITED = /^docker\.container\.(?:openPorts|directPorts|portBindings)$|^cluster\.|^docker\.(?:networks|volumes)$/;

const FOLDED_MAPS: MapKind<FoldedValue> = { isMap: isFoldedMap, ofMap: (map) => map };

export function createPrinter(tree: SpecNode, nameOf: (node: SpecNode) => string | undefined): Printer {
  const leftOut: LeftOut[] = [];
  const files: PrintedFile[] = [];
  const byId = new Map<string, SpecNode>();
  for (const node of nodesOf(tree)) if (node.spec.planId !== null) byId.set(node.spec.planId, node);
  const leave = (service: string | null, what: string, why: string) => void leftOut.push({ service, what, why });
  const fold = (value: ConfigValue, holder: SpecNode, key: string, service: string) =>
    foldValue(
      value,
      (expression) => foldExpression(expression, holder, { byId, nameOf }),
      (path, text) => leave(service, [key, ...path].join('.'), `${text} is only known while it runs`),
    );
  return {
    leftOut,
    files,
    ownVolumes: new Map(),
    networks: new Set(),
    leave,
    addFile: (file) => void files.push(file),
    configOf(node, key, service) {
      const chain = NOT_INHERITED.test(key) ? [node] : [node, ...ancestorNodes(node)];
      const parts = effectiveConfig(key, chain, declaresBy(undefined))?.parts ?? [];
      const folded = parts.map(({ value, holder }) => fold(value, holder, key, service)).filter((value) => value !== undefined);
      const [nearest, ...farther] = folded;
      return nearest === undefined ? undefined : mergeMaps([nearest, ...farther], FOLDED_MAPS);
    },
    serviceOf(planId) {
      const node = byId.get(planId);
      return node && nameOf(node);
    },
  };
}

/** As a Compose file has it: there `$` begins a variable. */
export function escapeDollars(value: FoldedValue): FoldedValue {
  if (typeof value === 'string') return value.replaceAll('$', '$$$$');
  if (typeof value !== 'object' || value === null) return value;
  if (isFoldedList(value)) return value.map(escapeDollars);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, escapeDollars(item)]));
}

/** `Array.isArray` for values that are read only. */
export function isFoldedList(value: FoldedValue | undefined): value is readonly FoldedValue[] {
  return Array.isArray(value);
}

export function isFoldedMap(value: FoldedValue | undefined): value is { readonly [key: string]: FoldedValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function toPrint(value: FoldedValue): PrintValue {
  if (isFoldedList(value)) return value.map(toPrint);
  if (isFoldedMap(value)) return { entries: Object.entries(value).map(([key, item]) => ({ key, value: toPrint(item) })) };
  return value;
}

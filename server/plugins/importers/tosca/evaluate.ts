import { quoteText, type TextRange } from '../../../domain/blueprint/findings.ts';
import { entryAt, listAt, mapAt } from '../../../domain/blueprint/source-builder.ts';
import type { SourceEntry, SourceNode } from '../../../domain/blueprint/source-node.ts';
import { isLive } from './check-value.ts';
import type { Link } from './link-nodes.ts';
import type { Model } from './model.ts';
import type { NodeTemplate } from './topology.ts';

/** Where a value is written and where it will stand. */
export interface Scope {
  /** SELF; null in outputs. */
  readonly self: NodeTemplate | null;
  /** SOURCE and TARGET, in an operation of a relationship. */
  readonly link: Link | null;
  /** The node whose entity holds the value: expressions about it need not name it. */
  readonly holder: NodeTemplate | null;
}

export type IntrinsicFunction = (argument: SourceNode, call: Call) => SourceNode | null;

export interface Call {
  readonly name: string;
  readonly range: TextRange;
  readonly scope: Scope;
  readonly model: Model;
}

/**
 * A value with its functions worked out: what is known from the template becomes a plain value, what is only known when the
 * application runs becomes a `$brooklyn:` expression. Null, with a finding, where that cannot be done.
 */
export function evaluate(node: SourceNode, scope: Scope, model: Model): SourceNode | null {
  if (isLive(node)) return fromElsewhere(node, scope, model) ? null : node;
  if (node.kind === 'scalar') return node;
  if (node.kind === 'list') {
    const items = node.items.map((item) => evaluate(item, scope, model));
    return listAt(
      node.range,
      items.filter((item) => item !== null),
    );
  }
  const call = functionCall(node, model);
  if (call !== null) return model.functions.get(call.key)?.(call.value, { name: call.key, range: call.range, scope, model }) ?? null;
  const entries = [...node.entries.values()].flatMap((entry) => {
    const value = evaluate(entry.value, scope, model);
    return value === null ? [] : [entryAt(entry.range, entry.key, value)];
  });
  return mapAt(node.range, entries);
}

/** A map with one key that names a function. */
function functionCall(node: SourceNode, { functions }: Model): SourceEntry | null {
  if (node.kind !== 'map' || node.entries.size !== 1) return null;
  const [entry] = node.entries.values();
  if (entry === undefined || !functions.has(entry.key)) return null;
  // A credential has a key of this name.
  return entry.key === 'token' && entry.value.kind !== 'list' ? null : entry;
}

/** True, with a finding, for an expression that somebody wrote for another entity: it would be read from where it stands now. */
function fromElsewhere(node: SourceNode, { self, holder }: Scope, { template }: Model): boolean {
  if (self === null || self === holder) return false;
  const message = `This expression belongs to ${quoteText(self.name)} and cannot be read from elsewhere.`;
  template.findings.add('tosca-function-unsupported', { range: node.range, path: '', message });
  return true;
}

import { quoteText, type TextRange } from '../../../domain/blueprint/findings.ts';
import { entryAt, mapAt, scalarAt } from '../../../domain/blueprint/source-builder.ts';
import { type SourceEntry, type SourceNode, textOf } from '../../../domain/blueprint/source-node.ts';
import type { OperationDefinition } from './definitions.ts';
import { evaluate, type Scope } from './evaluate.ts';
import { LIFECYCLE } from './implementations.ts';
import type { Link } from './link-nodes.ts';
import type { Model } from './model.ts';
import { addNotSupported } from './read-values.ts';
import { readScript, type Script } from './scripts.ts';
import type { NodeTemplate } from './topology.ts';

/** Brooklyn’s commands by the operation of a node. */
const COMMANDS: ReadonlyMap<string, string> = new Map([
  ['create', 'install.command'],
  ['configure', 'customize.command'],
  ['start', 'launch.command'],
  ['stop', 'stop.command'],
]);

/** And by that of a relationship, with whose command it is. */
const RELATIONSHIP_COMMANDS: ReadonlyMap<string, { readonly end: 'source' | 'target'; readonly command: string }> = new Map([
  ['pre_configure_source', { end: 'source', command: 'pre.customize.command' }],
  ['pre_configure_target', { end: 'target', command: 'pre.customize.command' }],
  ['post_configure_source', { end: 'source', command: 'post.customize.command' }],
  ['post_configure_target', { end: 'target', command: 'post.customize.command' }],
]);

/**
 * The operations of a node, and of its relationships that run on it, as config of a process: each script whole as the text of its
 * command, the inputs of all of them as environment. Nothing is put into a script.
 */
export function operationConfig(node: NodeTemplate, artifacts: Environment, model: Model): readonly SourceEntry[] {
  const scripts = new Map<string, Script[]>();
  const environment: Environment = new Map();
  for (const { operation, command, scope } of [...ofNode(node, model), ...ofRelationships(node, model)]) {
    const { implementation } = operation;
    if (implementation === null) continue;
    addInputs(operation, scope, environment, model);
    const owner = scope.link === null ? node.artifacts : (scope.link.relationshipType?.artifacts ?? new Map());
    const script = readScript(implementation, owner, model.template);
    if (script !== null) scripts.set(command, [...(scripts.get(command) ?? []), script]);
  }
  const commands = [...scripts].map(([command, parts]) => {
    const range = parts[0]?.range ?? node.range;
    return entryAt(range, command, scalarAt(range, inOrder(parts)));
  });
  const variables = [...new Map([...artifacts, ...environment])].map(([name, { value, range }]) => entryAt(range, name, value));
  return variables.length === 0 ? commands : [...commands, entryAt(node.range, 'shell.env', mapAt(node.range, variables))];
}

export type Environment = Map<string, { readonly value: SourceNode; readonly range: TextRange }>;

/** The inputs of one operation, worked out, by name. */
export function addInputs(operation: OperationDefinition, scope: Scope, environment: Environment, model: Model): void {
  for (const { name, range, value, required } of operation.inputs.values()) {
    if (value === null) {
      if (required) addMissing(name, operation, range, model);
      continue;
    }
    if (!model.template.budget.spend(value.values, range)) return;
    const known = evaluate(value, scope, model);
    if (known === null) continue;
    const other = environment.get(name);
    if (other === undefined) environment.set(name, { value: known, range });
    else if (!sameNode(other.value, known)) addClash(name, range, operation, model);
  }
}

interface Running {
  readonly operation: OperationDefinition;
  readonly command: string;
  readonly scope: Scope;
}

function ofNode(node: NodeTemplate, model: Model): readonly Running[] {
  const { findings } = model.template;
  return [...node.interfaces.values()].flatMap(({ name, operations }) =>
    [...operations.values()].flatMap((operation) => {
      const command = name === 'Standard' ? COMMANDS.get(operation.name) : undefined;
      if (command !== undefined) return [{ operation, command, scope: { self: node, link: null, holder: node } }];
      if (operation.implementation !== null) {
        const known = name === 'Standard' && LIFECYCLE.some((other) => other === operation.name);
        const what = known
          ? `The operation ${quoteText(operation.name)}`
          : `The operation ${quoteText(operation.name)} of ${quoteText(name)}`;
        addNotSupported(operation, `${what} is never run`, findings, known ? 'Do its work in “stop”.' : undefined);
      }
      return [];
    }),
  );
}

function ofRelationships(node: NodeTemplate, model: Model): readonly Running[] {
  const from = model.links.from(node).flatMap((link) => ofRelationship(node, link, 'source', model));
  const to = model.links.to(node).flatMap((link) => ofRelationship(node, link, 'target', model));
  return [...from, ...to];
}

function ofRelationship(node: NodeTemplate, link: Link, end: 'source' | 'target', model: Model): readonly Running[] {
  return [...(link.interfaces.get('Configure')?.operations.values() ?? [])].flatMap((operation) => {
    const running = RELATIONSHIP_COMMANDS.get(operation.name);
    if (running?.end === end) return [{ operation, command: running.command, scope: { self: null, link, holder: node } }];
    if (running === undefined && end === 'source' && operation.implementation !== null) {
      const message = `The operation ${quoteText(operation.name)} of a relationship is never run`;
      addNotSupported(operation, message, model.template.findings, 'Do its work in pre_configure_… or post_configure_….');
    }
    return [];
  });
}

/** Several scripts of one command, one after the other; one that fails, or ends early, does so by itself. */
function inOrder(scripts: readonly Script[]): string {
  const [only, ...more] = scripts;
  if (only !== undefined && more.length === 0) return only.text;
  return scripts.map(({ text }) => `(\n${text.trimEnd()}\n) || exit $?\n`).join('');
}

function sameNode(one: SourceNode, other: SourceNode): boolean {
  if (one === other) return true;
  if (one.kind === 'scalar' || other.kind === 'scalar') return one.kind === other.kind && textOf(one) === textOf(other);
  if (one.kind === 'list' && other.kind === 'list') {
    return one.items.length === other.items.length && one.items.every((item, index) => same(item, other.items[index]));
  }
  if (one.kind !== 'map' || other.kind !== 'map' || one.entries.size !== other.entries.size) return false;
  return [...one.entries].every(([key, { value }]) => same(value, other.entries.get(key)?.value));
}

function same(one: SourceNode, other: SourceNode | undefined): boolean {
  return other !== undefined && sameNode(one, other);
}

function addMissing(name: string, operation: OperationDefinition, range: TextRange, { template }: Model): void {
  const message = `The input ${quoteText(name)} of ${quoteText(operation.name)} needs a value.`;
  template.findings.add('tosca-property-missing', { range, path: '', message });
}

function addClash(name: string, range: TextRange, operation: OperationDefinition, { template }: Model): void {
  const message = `${quoteText(name)} has another value in ${quoteText(operation.name)} than in an operation before it.`;
  const hint = 'All operations of a process share their environment: give one of the inputs another name.';
  template.findings.add('tosca-environment', { range, path: '', message, hint });
}

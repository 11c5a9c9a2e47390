import { readRule } from '../placement/affinity-rules.ts';
import { textsOf } from '../placement/strategy-kinds.ts';
import type { AdjunctType } from './adjunct-type.ts';
import type { ConfigPlace } from './config-level.ts';
import { type ConfigValue, isDeferred, isNestedObject } from './config-value.ts';
import { joinPath, quoteText, type TextRange } from './findings.ts';
import { issueText } from './issue-text.ts';
import { didYouMean } from './nearest-name.ts';
import type { PlanState } from './plan-state.ts';
import { nodeAt } from './source-node.ts';

const STRATEGIES = 'docker.container.strategies';
const RULES = 'affinity.rules';

/** Strategies by a name that is none or that cannot go without config, objects that are no strategies, and rules that cannot be read. */
export function checkPlacement(state: PlanState): void {
  for (const { spec, places } of state.levels.values()) {
    for (const item of itemsOf(spec.config[STRATEGIES], places.get(STRATEGIES))) checkStrategy(item, state);
    for (const item of itemsOf(spec.config[RULES], places.get(RULES))) checkRules(item, state);
  }
}

interface Item {
  readonly value: ConfigValue;
  readonly range: TextRange;
  readonly path: string;
}

/** A value by itself is taken as a list of one. */
function itemsOf(value: ConfigValue | undefined, place: ConfigPlace | undefined): readonly Item[] {
  if (value === undefined || place === undefined) return [];
  const { node, keyRange, path } = place;
  if (!Array.isArray(value)) return [{ value, range: node?.range ?? keyRange, path }];
  return value.map((item: ConfigValue, index) => ({
    value: item,
    range: node === null ? keyRange : nodeAt(node, [index]).range,
    path: joinPath(path, index),
  }));
}

function checkStrategy({ value, range, path }: Item, state: PlanState): void {
  const isName = typeof value === 'string';
  // Of an object’s type and config it was told where they stand; one that is not known was told of too.
  const name = isName ? value : isNestedObject(value) ? value.$object.type : undefined;
  if (name === undefined) return;
  const type = state.adjunctsByName.get(name);
  if (type === undefined) {
    if (!isName) return;
    const hint = didYouMean(name, strategyNames(state)) ?? `Known are ${[...strategyIds(state)].join(', ')}.`;
    state.findings.add('unknown-type', { range, path, message: `There is no placement strategy ${quoteText(name)}.`, hint });
  } else if (type.kind !== 'placement') {
    const message = `${quoteText(type.title)} is no placement strategy.`;
    state.findings.add('config-invalid', { range, path, message, hint: `Known are ${[...strategyIds(state)].join(', ')}.` });
  } else if (isName) {
    checkBare(type, { value, range, path }, state);
  }
}

/** A name by itself gives no config: those that need some say which. */
function checkBare(type: AdjunctType, { range, path }: Item, state: PlanState): void {
  const read = type.config.safeParse({});
  if (read.success) return;
  const [issue] = read.error.issues;
  const key = issue?.path.join('.') ?? '';
  const message = `${type.title} needs ${quoteText(key)}${issue === undefined ? '' : `: ${issueText(issue)}`}.`;
  const hint = `- $brooklyn:object:\n    type: ${type.id}\n    brooklyn.config:\n      ${key}: …`;
  state.findings.add('config-invalid', { range, path, message, hint });
}

function checkRules({ value, range, path }: Item, state: PlanState): void {
  if (isDeferred(value) || typeof value === 'object') return;
  for (const text of textsOf(value)) {
    const read = readRule(text);
    if (read.ok) continue;
    const hint = 'Rules: [NOT] TYPE t, NAME n, ID i, APPLICATION a, EMPTY.';
    state.findings.add('config-invalid', { range, path, message: `${read.problem}.`, hint });
  }
}

function* strategyIds({ library }: PlanState): Generator<string> {
  for (const { id, kind } of library.adjunctTypes.values()) if (kind === 'placement') yield id;
}

function* strategyNames({ library }: PlanState): Generator<string> {
  for (const { id, kind, aliases } of library.adjunctTypes.values()) if (kind === 'placement') yield* [id, ...aliases];
}

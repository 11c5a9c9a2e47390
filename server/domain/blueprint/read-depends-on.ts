import type { DependencySpec } from '../entity/entity-spec.ts';
import { joinPath, quoteText, type TextRange } from './findings.ts';
import { nearestNames, sayNearest } from './nearest-name.ts';
import type { PlanState } from './plan-state.ts';
import { isNothing, type SourceEntry, type SourceMap, type SourceNode, textOf } from './source-node.ts';

const KEY = 'dependsOn';
const CONDITIONS = ['started', 'healthy', 'completed'] as const;
const OPTIONS = ['condition', 'restart', 'required'];

/** `dependsOn`: ids of services that must be there first, or a map of ids to `condition`, `restart` and `required`. */
export function readDependsOn(
  map: SourceMap,
  at: { readonly owner: string; readonly path: string },
  state: PlanState,
): readonly DependencySpec[] {
  const entry = map.entries.get(KEY);
  if (entry === undefined || isNothing(entry.value)) return [];
  const path = joinPath(at.path, KEY);
  const found = new Map<string, DependencySpec>();
  for (const given of idsOf(entry.value, path, state)) {
    const spec = readOptions(given, state);
    found.set(spec.on, spec);
    state.dependencies.push({ owner: at.owner, on: spec.on, required: spec.required !== false, range: given.range, path: given.path });
  }
  return [...found.values()];
}

interface Given {
  readonly id: string;
  readonly options: SourceNode | null;
  readonly range: TextRange;
  readonly path: string;
}

function idsOf(node: SourceNode, path: string, state: PlanState): readonly Given[] {
  if (node.kind === 'map') {
    return [...node.entries.values()].map(({ key, range, value }) => ({ id: key, options: value, range, path: joinPath(path, key) }));
  }
  const items = node.kind === 'list' ? node.items : [node];
  return items.flatMap((item, index) => {
    const id = textOf(item);
    if (id !== null) return [{ id, options: null, range: item.range, path: joinPath(path, index) }];
    state.findings.add('value-kind', { range: item.range, path: joinPath(path, index), message: 'The id of a service is needed here.' });
    return [];
  });
}

function readOptions({ id, options, path }: Given, state: PlanState): DependencySpec {
  if (options === null || isNothing(options)) return { on: id, condition: 'started' };
  if (options.kind !== 'map') {
    const message = `${quoteText(id)} needs a map with “condition”, “restart” or “required”.`;
    state.findings.add('value-kind', { range: options.range, path, message });
    return { on: id, condition: 'started' };
  }
  for (const entry of options.entries.values()) if (!OPTIONS.includes(entry.key)) addUnknownOption(entry, path, state);
  const restart = readFlag(options.entries.get('restart'), path, state);
  const required = readFlag(options.entries.get('required'), path, state);
  return {
    on: id,
    condition: readCondition(options.entries.get('condition'), path, state),
    ...(restart ? { restart } : {}),
    ...(required === false ? { required } : {}),
  };
}

function readCondition(entry: SourceEntry | undefined, path: string, state: PlanState): DependencySpec['condition'] {
  if (entry === undefined) return 'started';
  const text = textOf(entry.value) ?? '';
  const known = CONDITIONS.find((condition) => condition === text);
  if (known !== undefined) return known;
  const message = `A condition is started, healthy or completed, not ${quoteText(text)}.`;
  state.findings.add('config-invalid', { range: entry.value.range, path: joinPath(path, 'condition'), message });
  return 'started';
}

function readFlag(entry: SourceEntry | undefined, path: string, state: PlanState): boolean | undefined {
  if (entry === undefined) return undefined;
  if (entry.value.kind === 'scalar' && typeof entry.value.value === 'boolean') return entry.value.value;
  const message = `${quoteText(entry.key)} is true or false.`;
  state.findings.add('config-invalid', { range: entry.value.range, path: joinPath(path, entry.key), message });
  return undefined;
}

function addUnknownOption(entry: SourceEntry, path: string, state: PlanState): void {
  const hint = sayNearest(nearestNames(entry.key, OPTIONS)) ?? `Known are ${OPTIONS.join(', ')}.`;
  const message = `${quoteText(entry.key)} is not a key here.`;
  state.findings.add('key-unknown', { range: entry.range, path: joinPath(path, entry.key), message, hint });
}

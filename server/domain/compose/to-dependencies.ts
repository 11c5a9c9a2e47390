import { type Findings, quoteText } from '../blueprint/findings.ts';
import { didYouMean } from '../blueprint/nearest-name.ts';
import { entryAt, mapAt, scalarAt } from '../blueprint/source-builder.ts';
import type { SourceEntry, SourceNode } from '../blueprint/source-node.ts';
import { textOf } from '../blueprint/source-node.ts';
import { addValue, checkKeys, placeOf } from './compose-findings.ts';
import type { ComposeContext, ComposeService } from './compose-model.ts';
import { readFlag, readMap, readTexts } from './read-value.ts';

const DEPENDENCY_KEYS = ['condition', 'restart', 'required'];
const CONDITIONS: Readonly<Record<string, string>> = {
  service_started: 'started',
  service_healthy: 'healthy',
  service_completed_successfully: 'completed',
};

/** What a service waits for: `depends_on`, and those that it links to or takes volumes from. */
export function toDependsOn(service: ComposeService): readonly SourceEntry[] {
  const { attributes, context } = service;
  const given = attributes.get('depends_on');
  const found = new Map<string, SourceEntry>();
  for (const entry of implied(service)) found.set(entry.key, entry);
  for (const entry of given === undefined ? [] : explicit(given, service)) found.set(entry.key, entry);
  const known = [...found.values()].filter((entry) => isKnown(entry, context));
  const [first] = known;
  return first === undefined ? [] : [entryAt((given ?? first).range, 'dependsOn', mapAt((given?.value ?? first).range, known))];
}

/** Services that another waits for to be healthy: their image's own check counts where they have none. */
export function awaitedHealthy(services: readonly ComposeService[]): ReadonlySet<string> {
  const names = services.flatMap(({ attributes }) => {
    const given = attributes.get('depends_on')?.value;
    if (given?.kind !== 'map') return [];
    return [...given.entries.values()].flatMap(({ key, value }) =>
      value.kind === 'map' && textOf(value.entries.get('condition')?.value) === 'service_healthy' ? [key] : [],
    );
  });
  return new Set(names);
}

function implied({ name: own, attributes, context: { model, findings } }: ComposeService): readonly SourceEntry[] {
  return ['links', 'volumes_from'].flatMap((key) =>
    readTexts(findings, attributes.get(key)).flatMap(({ text, range }) => {
      const [name = ''] = text.split(':');
      // A wrong `volumes_from` is told with the volumes.
      const isTold = key === 'volumes_from' && !model.services.has(name);
      return name === own || isTold ? [] : [entryAt(range, name, mapAt(range, []))];
    }),
  );
}

function explicit(given: SourceEntry, { context: { findings } }: ComposeService): readonly SourceEntry[] {
  if (given.value.kind !== 'map') return readTexts(findings, given).map(({ text, range }) => entryAt(range, text, mapAt(range, [])));
  return [...given.value.entries.values()].map((entry) => {
    const map = readMap(findings, entry);
    if (map === undefined) return entryAt(entry.range, entry.key, mapAt(entry.range, []));
    checkKeys(findings, map, DEPENDENCY_KEYS);
    return entryAt(
      entry.range,
      entry.key,
      mapAt(map.range, [...toCondition(map.entries.get('condition'), findings), ...toFlags(map.entries, findings)]),
    );
  });
}

function toCondition(entry: SourceEntry | undefined, findings: Findings): readonly SourceEntry[] {
  if (entry === undefined) return [];
  const text = textOf(entry.value) ?? '';
  const condition = Object.hasOwn(CONDITIONS, text) ? CONDITIONS[text] : undefined;
  if (condition !== undefined) return [entryAt(entry.range, 'condition', scalarAt(entry.value.range, condition))];
  const known = Object.keys(CONDITIONS);
  addValue(findings, entry.value, `“condition” is ${known.join(', ')}, not ${quoteText(text)}.`, didYouMean(text, known));
  return [];
}

function toFlags(entries: ReadonlyMap<string, SourceEntry>, findings: Findings): readonly SourceEntry[] {
  return ['restart', 'required'].flatMap((key) => {
    const entry = entries.get(key);
    const flag = readFlag(findings, entry);
    return entry === undefined || flag === undefined ? [] : [entryAt(entry.range, key, scalarAt(entry.value.range, flag))];
  });
}

/** Unknown names are told with Compose’s words; optional ones may be of a profile that is off. */
function isKnown(entry: SourceEntry, { model, findings }: ComposeContext): boolean {
  if (model.services.has(entry.key)) return true;
  const required = entry.value.kind !== 'map' || !isFalse(entry.value.entries.get('required')?.value);
  if (required) {
    const hint = didYouMean(entry.key, model.services.keys()) ?? 'Is it of a profile that is not on?';
    findings.add('compose-reference', { ...placeOf(entry), message: `There is no service ${quoteText(entry.key)} to wait for.`, hint });
  }
  return false;
}

function isFalse(node: SourceNode | undefined): boolean {
  return node?.kind === 'scalar' && node.value === false;
}

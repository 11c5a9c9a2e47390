import type { Findings } from '../blueprint/findings.ts';
import { entryAt, mapAt, scalarAt } from '../blueprint/source-builder.ts';
import type { SourceEntry } from '../blueprint/source-node.ts';
import { addDangerous, checkKeys } from './compose-findings.ts';
import type { ComposeContext, ComposeService } from './compose-model.ts';
import { parseEnvFile } from './parse-env-file.ts';
import { readReferredFile } from './read-referred-file.ts';
import { literalAt, type Pair, readMap, readPairs, readText } from './read-value.ts';
import { toTexts } from './to-network-declarations.ts';

/** Prefixes by which Docker, Compose and Clocker know what is theirs. */
const RESERVED = /^(?:com\.docker\.|io\.docker\.|org\.dockerproject\.|io\.clocker\.)/;

/** `label_file`, then `labels` over it. */
export function toLabels({ attributes, context }: ComposeService): readonly SourceEntry[] {
  const files = attributes.get('label_file');
  const given = attributes.get('labels');
  const labels = new Map<string, SourceEntry>();
  for (const pair of [...(files === undefined ? [] : readLabelFiles(files, context)), ...readPairs(context.findings, given)]) {
    if (RESERVED.test(pair.key)) addReserved(pair, context.findings);
    else labels.set(pair.key, entryAt(pair.keyRange, pair.key, literalAt(pair.range, pair.value ?? '')));
  }
  const from = given ?? files;
  return from === undefined || labels.size === 0
    ? []
    : [entryAt(from.range, 'docker.container.labels', mapAt(from.value.range, [...labels.values()]))];
}

function addReserved({ key, keyRange }: Pair, findings: Findings): void {
  addDangerous(findings, { range: keyRange }, key, 'labels of Docker, Compose and Clocker tell them which containers are theirs');
}

function readLabelFiles(entry: SourceEntry, context: ComposeContext): readonly Pair[] {
  const nodes = entry.value.kind === 'list' ? entry.value.items : [entry.value];
  return nodes.flatMap((node) => {
    const file = readReferredFile(node, {}, context);
    if (file === undefined) return [];
    const options = {
      file: file.path,
      format: 'compose',
      findings: context.findings,
      variable: (name: string) => context.variable(name, node.range.file),
    } as const;
    return parseEnvFile(file.content, options);
  });
}

/** How Docker keeps what the container writes to its output. */
export function toLogging({ attributes, context: { findings } }: ComposeService): readonly SourceEntry[] {
  const entry = attributes.get('logging');
  const map = readMap(findings, entry);
  if (entry === undefined || map === undefined) return [];
  checkKeys(findings, map, ['driver', 'options']);
  const driver = map.entries.get('driver');
  const text = driver === undefined ? undefined : readText(findings, driver);
  const settings = [
    ...(driver === undefined || text === undefined ? [] : [entryAt(driver.range, 'driver', scalarAt(driver.value.range, text))]),
    ...toTexts(map.entries.get('options'), 'options', findings),
  ];
  return settings.length === 0 ? [] : [entryAt(entry.range, 'docker.container.logging', mapAt(entry.value.range, settings))];
}

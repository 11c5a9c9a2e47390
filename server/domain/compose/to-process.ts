import { type Findings, quoteText } from '../blueprint/findings.ts';
import { entryAt, listAt, scalarAt } from '../blueprint/source-builder.ts';
import type { SourceEntry } from '../blueprint/source-node.ts';
import { textOf } from '../blueprint/source-node.ts';
import { addNoEffect, addValue } from './compose-findings.ts';
import type { ComposeService } from './compose-model.ts';
import { literalAt, readDuration, readFlag, readInteger, readText, readTexts } from './read-value.ts';

const TEXTS: readonly (readonly [string, string])[] = [
  ['user', 'docker.container.user'],
  ['working_dir', 'docker.container.workingDir'],
  ['hostname', 'docker.container.hostname'],
  ['domainname', 'docker.container.domainname'],
  ['stop_signal', 'docker.container.stopSignal'],
];
const FLAGS: readonly (readonly [string, string])[] = [
  ['read_only', 'docker.container.readOnly'],
  ['init', 'docker.container.init'],
  ['tty', 'docker.container.tty'],
  ['stdin_open', 'docker.container.stdinOpen'],
];
const LISTS: readonly (readonly [string, string])[] = [['group_add', 'docker.container.groupAdd']];

/** How the process in the container runs, and when it is started again. */
export function toProcessConfig(service: ComposeService): readonly SourceEntry[] {
  const { attributes, context } = service;
  const { findings } = context;
  return [
    ...TEXTS.flatMap(([key, configKey]) => toText(findings, attributes.get(key), configKey)),
    ...FLAGS.flatMap(([key, configKey]) => toFlag(findings, attributes.get(key), configKey)),
    ...LISTS.flatMap(([key, configKey]) => toList(findings, attributes.get(key), configKey)),
    ...toOomScore(findings, attributes.get('oom_score_adj')),
    ...toStopTimeout(findings, attributes.get('stop_grace_period')),
  ];
}

function toText(findings: Findings, entry: SourceEntry | undefined, configKey: string): readonly SourceEntry[] {
  const text = entry === undefined || textOf(entry.value) === '' ? undefined : readText(findings, entry);
  return entry === undefined || text === undefined ? [] : [entryAt(entry.range, configKey, literalAt(entry.value.range, text))];
}

function toFlag(findings: Findings, entry: SourceEntry | undefined, configKey: string): readonly SourceEntry[] {
  const flag = readFlag(findings, entry);
  return entry === undefined || flag === undefined ? [] : [entryAt(entry.range, configKey, scalarAt(entry.value.range, flag))];
}

export function toList(findings: Findings, entry: SourceEntry | undefined, configKey: string): readonly SourceEntry[] {
  const texts = readTexts(findings, entry);
  if (entry === undefined || texts.length === 0) return [];
  const items = texts.map(({ text, range }) => literalAt(range, text));
  return [entryAt(entry.range, configKey, listAt(entry.value.range, items))];
}

function toOomScore(findings: Findings, entry: SourceEntry | undefined): readonly SourceEntry[] {
  const score = readInteger(findings, entry, { min: -1000, max: 1000 });
  if (entry === undefined || score === undefined) return [];
  if (score >= 0) return [entryAt(entry.range, 'docker.container.oomScoreAdj', scalarAt(entry.value.range, score))];
  addNoEffect(findings, entry, 'a container may not be spared at the cost of its host; 0 is the least');
  return [];
}

function toStopTimeout(findings: Findings, entry: SourceEntry | undefined): readonly SourceEntry[] {
  const period = readDuration(findings, entry);
  if (entry === undefined || period === undefined) return [];
  if (period.ms <= 3_600_000) return [entryAt(entry.range, 'stop.timeout', scalarAt(period.range, period.text))];
  addValue(findings, entry.value, `“stop_grace_period” is at most 1h, not ${quoteText(period.text)}.`);
  return [];
}

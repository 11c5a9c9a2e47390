import { type Findings, quoteText } from '../blueprint/findings.ts';
import { entryAt, listAt, mapAt, scalarAt } from '../blueprint/source-builder.ts';
import type { SourceEntry, SourceMap, SourceNode } from '../blueprint/source-node.ts';
import { textOf } from '../blueprint/source-node.ts';
import { addNoEffect, addValue, checkKeys, placeOf } from './compose-findings.ts';
import type { ComposeService } from './compose-model.ts';
import { literalAt, readDuration, readFlag, readInteger, readMap, type TextAt } from './read-value.ts';

const KEY = 'docker.container.healthcheck';
const CHECK_KEYS = ['disable', 'test', 'interval', 'timeout', 'retries', 'start_period', 'start_interval'];
/** Docker's. */
const DEFAULTS = { intervalMs: 30_000, timeoutMs: 30_000, retries: 3, startPeriodMs: 0 };
const LEAST_MS = 1000;
const LONGEST_TEST = 4096;
/** A start that takes longer has failed, unless the blueprint says more. */
const START_TIMEOUT_MS = 120_000;

export function toHealthcheck({ attributes, context: { findings } }: ComposeService): readonly SourceEntry[] {
  const entry = attributes.get('healthcheck');
  const map = readMap(findings, entry);
  if (entry === undefined || map === undefined) return [];
  checkKeys(findings, map, CHECK_KEYS);
  const test = map.entries.get('test');
  const none = (range: SourceEntry['range']) => [
    entryAt(entry.range, KEY, mapAt(entry.value.range, [entryAt(range, 'test', listAt(range, [scalarAt(range, 'NONE')]))])),
  ];
  if (readFlag(findings, map.entries.get('disable'))) return none(map.range);
  if (test === undefined) {
    addNoEffect(findings, entry, 'without “test” there is no check to set', 'Repeat the test of the image.');
    return [];
  }
  const command = readTest(test, findings);
  if (command === 'none') return none(test.range);
  return command === null ? [] : toCheck({ entry, map, test, command }, findings);
}

interface Check {
  readonly entry: SourceEntry;
  readonly map: SourceMap;
  readonly test: SourceEntry;
  readonly command: SourceNode;
}

function toCheck({ entry, map, test, command }: Check, findings: Findings): readonly SourceEntry[] {
  const interval = readTime(map, 'interval', findings);
  const timeout = readTime(map, 'timeout', findings);
  const startPeriod = readDuration(findings, map.entries.get('start_period'));
  const startInterval = readTime(map, 'start_interval', findings);
  const retries = readInteger(findings, map.entries.get('retries'), { min: 1, max: 100 });
  const intervalMs = interval?.ms ?? DEFAULTS.intervalMs;
  const timeoutMs = timeout?.ms ?? DEFAULTS.timeoutMs;
  if (timeout !== undefined && timeoutMs > intervalMs) {
    const message = `A check may take ${timeout.text}, longer than the ${interval?.text ?? '30s'} from one to the next.`;
    findings.add('compose-doubtful', { range: timeout.range, path: timeout.range.path ?? '', message });
  }
  const timeAt = (key: string, time: TextAt | undefined, fallback: string) =>
    entryAt(time?.range ?? test.range, key, scalarAt(time?.range ?? test.range, time?.text ?? fallback));
  const check = mapAt(entry.value.range, [
    entryAt(test.range, 'test', command),
    timeAt('interval', interval, '30s'),
    timeAt('timeout', timeout, '30s'),
    ...(retries === undefined
      ? []
      : [entryAt(test.range, 'retries', scalarAt(map.entries.get('retries')?.value.range ?? test.range, retries))]),
    ...(startPeriod === undefined ? [] : [timeAt('startPeriod', startPeriod, '0s')]),
    ...(startInterval === undefined ? [] : [timeAt('startInterval', startInterval, '5s')]),
  ]);
  const startMs = (startPeriod?.ms ?? DEFAULTS.startPeriodMs) + (intervalMs + timeoutMs) * (retries ?? DEFAULTS.retries);
  const longer =
    startMs > START_TIMEOUT_MS ? [entryAt(entry.range, 'start.timeout', scalarAt(entry.range, `${Math.ceil(startMs / 1000)}s`))] : [];
  return [entryAt(entry.range, KEY, check), ...longer];
}

function readTime(map: SourceMap, key: string, findings: Findings): ReturnType<typeof readDuration> {
  const entry = map.entries.get(key);
  const time = readDuration(findings, entry);
  if (entry === undefined || time === undefined || time.ms >= LEAST_MS) return time;
  addValue(findings, entry.value, `${quoteText(key)} is at least 1s, not ${quoteText(textOf(entry.value) ?? '')}.`);
  return undefined;
}

/** Text for the container's shell, or a list that begins with NONE, CMD or CMD-SHELL. Null, with a finding, for anything else. */
function readTest({ value }: SourceEntry, findings: Findings): SourceNode | 'none' | null {
  const words = value.kind === 'list' ? value.items.map(textOf) : [textOf(value)];
  if (words.some((word) => word === null) || value.kind === 'map') {
    addValue(findings, value, '“test” needs a command for the shell as text, or a list that begins with CMD or CMD-SHELL.');
    return null;
  }
  const texts = words.map((word) => word ?? '');
  if (texts.join('').length > LONGEST_TEST) {
    addValue(findings, value, `“test” is longer than ${LONGEST_TEST} characters.`, 'Put the check into a script in the image.');
    return null;
  }
  if (value.kind !== 'list') return testOf(value, texts[0] ?? '', findings);
  const [kind = '', ...rest] = texts;
  if (kind === 'NONE') return 'none';
  const wrong =
    kind !== 'CMD' && kind !== 'CMD-SHELL'
      ? `A list for “test” begins with CMD, CMD-SHELL or NONE, not ${quoteText(kind)}.`
      : rest.join('').trim() === ''
        ? '“test” names no command.'
        : kind === 'CMD-SHELL' && rest.length > 1
          ? 'After CMD-SHELL there is one text: the command for the shell.'
          : null;
  if (wrong === null)
    return listAt(
      value.range,
      value.items.map((item, index) => literalAt(item.range, texts[index] ?? '')),
    );
  const hint = kind === 'CMD' || kind === 'CMD-SHELL' ? undefined : 'Put CMD before the words.';
  findings.add('compose-value', { ...placeOf(value), message: wrong, hint });
  return null;
}

function testOf(node: SourceNode, text: string, findings: Findings): SourceNode | null {
  if (text.trim() !== '') return literalAt(node.range, text);
  addValue(findings, node, '“test” is empty.', 'Write “disable: true” for no check.');
  return null;
}

import { type Findings, quoteText, type TextRange } from '../../../domain/blueprint/findings.ts';
import { nearestNames, sayNearest } from '../../../domain/blueprint/nearest-name.ts';
import { RUN_FLAGS, type RunFlag, SHORT_FLAGS, takesValue } from './run-flags.ts';
import type { Word } from './split-commands.ts';

/** One flag as it was given. */
export interface GivenFlag {
  readonly flag: RunFlag;
  /** As written, `-p` or `--publish`. */
  readonly written: string;
  readonly range: TextRange;
  /** `true` for a flag that takes none. */
  readonly value: Word;
}

export interface RunArguments {
  readonly flags: readonly GivenFlag[];
  readonly image: Word | null;
  readonly command: readonly Word[];
}

/** What comes after `docker run`: flags, the image, and the words of its command. */
export function readArguments(words: readonly Word[], findings: Findings): RunArguments {
  const flags: GivenFlag[] = [];
  let at = 0;
  while (at < words.length) {
    const word = words[at];
    if (word === undefined || !word.text.startsWith('-') || word.text === '-') break;
    at += 1;
    if (word.text === '--') break;
    const next = words[at];
    const used = word.text.startsWith('--') ? readLong(word, next, flags, findings) : readShort(word, next, flags, findings);
    if (used) at += 1;
  }
  return { flags, image: words[at] ?? null, command: words.slice(at + 1) };
}

/** True when the next word is its value. */
function readLong(word: Word, next: Word | undefined, flags: GivenFlag[], findings: Findings): boolean {
  const equals = word.text.indexOf('=');
  const written = equals < 0 ? word.text : word.text.slice(0, equals);
  const name = written.slice(2);
  const flag = Object.hasOwn(RUN_FLAGS, name) ? RUN_FLAGS[name] : undefined;
  if (flag === undefined) {
    addUnknown(
      written,
      Object.keys(RUN_FLAGS).map((known) => `--${known}`),
      word,
      findings,
    );
    return false;
  }
  const inline = equals < 0 ? undefined : { text: word.text.slice(equals + 1), range: word.range };
  if (!takesValue(flag)) {
    flags.push({ flag, written, range: word.range, value: inline ?? { text: 'true', range: word.range } });
    return false;
  }
  return take({ flag, written, range: word.range }, inline, next, flags, findings);
}

/** `-it`, `-p 80:80`, `-p80:80`, `-e=A=b` */
function readShort(word: Word, next: Word | undefined, flags: GivenFlag[], findings: Findings): boolean {
  for (let at = 1; at < word.text.length; at += 1) {
    const letter = word.text[at] ?? '';
    const name = Object.hasOwn(SHORT_FLAGS, letter) ? SHORT_FLAGS[letter] : undefined;
    const flag = name === undefined ? undefined : RUN_FLAGS[name];
    const written = `-${letter}`;
    if (flag === undefined) {
      addUnknown(written, [], word, findings);
      return false;
    }
    if (takesValue(flag)) {
      const rest = word.text.slice(at + 1).replace(/^=/, '');
      const inline = at + 1 < word.text.length ? { text: rest, range: word.range } : undefined;
      return take({ flag, written, range: word.range }, inline, next, flags, findings);
    }
    flags.push({ flag, written, range: word.range, value: { text: 'true', range: word.range } });
  }
  return false;
}

function take(
  given: Omit<GivenFlag, 'value'>,
  inline: Word | undefined,
  next: Word | undefined,
  flags: GivenFlag[],
  findings: Findings,
): boolean {
  const value = inline ?? next;
  if (value === undefined) {
    findings.add('compose-file-format', { range: given.range, path: given.written, message: `${quoteText(given.written)} needs a value.` });
    return false;
  }
  flags.push({ ...given, value });
  return inline === undefined;
}

function addUnknown(written: string, known: readonly string[], { range }: Word, findings: Findings): void {
  const hint = sayNearest(nearestNames(written, known)) ?? 'A flag that takes a value is written --flag=value when it is not known here.';
  findings.add('compose-key-unknown', { range, path: written, message: `“docker run” has no flag ${quoteText(written)}.`, hint });
}

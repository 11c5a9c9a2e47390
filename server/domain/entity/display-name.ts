/** Characters that are not seen or change the direction of what follows, and control characters. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/u;
const MOST_GRAPHEMES = 120;
/** UTF-16 units. */
const MOST_UNITS = 1000;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A name as it is kept: composed (NFC), without blanks around it. */
export function toDisplayName(text: string): string {
  return text.normalize('NFC').trim();
}

/** What is wrong with a name that people are shown, in words that go after it; null when nothing is. Of at most 120 graphemes. */
export function displayNameProblem(name: string): string | null {
  if (name === '') return 'is empty';
  if (INVISIBLE.test(name)) return 'has invisible characters, or such that change the direction of reading';
  if (/\p{M}{9}/u.test(name)) return 'stacks more than 8 accents on one character';
  if (name.length > MOST_UNITS || [...graphemes.segment(name)].length > MOST_GRAPHEMES)
    return `is longer than ${MOST_GRAPHEMES} characters`;
  return null;
}

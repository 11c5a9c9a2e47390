const HUES = ['bg-series-1', 'bg-series-2', 'bg-series-3', 'bg-series-4', 'bg-series-5', 'bg-series-6'] as const;

/** The gutter's colour of a member: the same for the same name, wherever it shows. */
export function memberHue(name: string): string {
  const number = /(\d+)$/.exec(name)?.[1];
  const spread =
    number === undefined ? [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9_973, 7) : Number(number) - 1;
  return HUES[Math.abs(spread) % HUES.length] ?? HUES[0];
}

/** A version as Brooklyn takes it: `1.2.0`, `1.2.0-SNAPSHOT`, `1.0-M10`, or an OSGi one, `1.2.0.SNAPSHOT`. */
export function isCatalogVersion(text: string): boolean {
  return /^\d[\w.+-]{0,99}$/.test(text);
}

/**
 * Order of versions as Brooklyn has it: snapshots below all releases; then up to three leading numbers, `1.10` above `1.9`; one without a
 * qualifier above those with one; qualifiers by their numbers where they have some, `M10` above `M9`. `-` and `.` before a
 * qualifier mean the same. Negative when `a` is older.
 */
export function compareVersions(a: string, b: string): number {
  const left = parse(a);
  const right = parse(b);
  if (left.snapshot !== right.snapshot) return left.snapshot ? -1 : 1;
  const length = Math.max(left.numbers.length, right.numbers.length);
  for (let index = 0; index < length; index += 1) {
    const difference = compareNumbers(left.numbers[index] ?? '0', right.numbers[index] ?? '0');
    if (difference !== 0) return difference;
  }
  if (left.qualifier === '' || right.qualifier === '') return (left.qualifier === '' ? 1 : 0) - (right.qualifier === '' ? 1 : 0);
  return compareNaturally(left.qualifier, right.qualifier);
}

/** `1.0-SNAPSHOT` and `1.0.0.SNAPSHOT` are. */
export function isSameVersion(a: string, b: string): boolean {
  return a === b || compareVersions(a, b) === 0;
}

interface Version {
  readonly snapshot: boolean;
  /** Digits only, of any length. */
  readonly numbers: readonly string[];
  readonly qualifier: string;
}

function parse(text: string): Version {
  const numbers = /^\d+(?:\.\d+){0,2}(?![A-Za-z\d])/.exec(text)?.[0] ?? /^\d+(?=[A-Za-z])/.exec(text)?.[0] ?? '';
  const rest = text
    .slice(numbers.length)
    .replace(/^[-._+]/, '')
    .toLowerCase();
  const qualifier = rest.replace(/[-._+]?snapshot/, '');
  return { snapshot: rest.includes('snapshot'), numbers: numbers === '' ? [] : numbers.split('.'), qualifier };
}

function compareNumbers(a: string, b: string): number {
  const left = a.replace(/^0+(?=\d)/, '');
  const right = b.replace(/^0+(?=\d)/, '');
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}

/** Runs of digits by what they count, everything else by the alphabet. */
function compareNaturally(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? [];
  const right = b.match(/\d+|\D+/g) ?? [];
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    const areNumbers = /^\d/.test(part) && /^\d/.test(other);
    const difference = areNumbers ? compareNumbers(part, other) : part < other ? -1 : part > other ? 1 : 0;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

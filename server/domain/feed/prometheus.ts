export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Exposition {
  readonly samples: readonly Sample[];
  /** Names of metrics that only grow until their process starts anew. */
  readonly counters: ReadonlySet<string>;
  /** Lines that could not be read. */
  readonly skipped: number;
}

const MOST_SAMPLES = 50_000;
/** https://prometheus.io/docs/instrumenting/exposition_formats/ */
const LINE = /^([A-Za-z_:][\w:]*)\s*(?:\{(.*)\}\s*|\s)([^\s#]+)(?:\s+-?\d+(?:\.\d+)?)?\s*(?:#.*)?$/;
const LABEL = /\s*([A-Za-z_]\w*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(?:,|$)/y;

/** Metrics in the text format of Prometheus, or OpenMetrics. */
export function parseExposition(text: string): Exposition {
  const samples: Sample[] = [];
  const counters = new Set<string>();
  let skipped = 0;
  for (const line of text.split('\n')) {
    const trimmed = line.trim();
    if (trimmed.startsWith('#')) {
      const [, name, type] = /^# TYPE (\S+) (\S+)/.exec(trimmed) ?? [];
      if (name !== undefined && type === 'counter') for (const one of [name, `${name}_total`]) counters.add(one);
      if (name !== undefined && (type === 'histogram' || type === 'summary')) {
        for (const ending of ['_count', '_sum', '_bucket']) counters.add(`${name}${ending}`);
      }
      continue;
    }
    if (trimmed === '') continue;
    const sample = samples.length < MOST_SAMPLES ? toSample(trimmed) : null;
    if (sample === null) skipped += 1;
    else samples.push(sample);
  }
  return { samples, counters, skipped };
}

/** The sum of what has the name and the labels; undefined where nothing has. */
export function sumOf({ samples }: Exposition, name: string, labels: Readonly<Record<string, string>>): number | undefined {
  const wanted = Object.entries(labels);
  const found = samples.filter((sample) => sample.name === name && wanted.every(([key, value]) => sample.labels[key] === value));
  return found.length === 0 ? undefined : found.reduce((sum, { value }) => sum + value, 0);
}

function toSample(line: string): Sample | null {
  const [, name, inside, written] = LINE.exec(line) ?? [];
  if (name === undefined || written === undefined) return null;
  const value = toNumber(written);
  const labels = labelsOf(inside ?? '');
  return value === null || labels === null ? null : { name, labels, value };
}

function labelsOf(text: string): Readonly<Record<string, string>> | null {
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < text.length) {
    const match = LABEL.exec(text);
    if (match === null) return null;
    labels[match[1] ?? ''] = (match[2] ?? '').replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter));
  }
  return labels;
}

function toNumber(text: string): number | null {
  if (/^[+-]?Inf$|^NaN$/i.test(text)) return null;
  const value = Number(text);
  return Number.isNaN(value) ? null : value;
}

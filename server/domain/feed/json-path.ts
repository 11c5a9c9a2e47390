import { isJsonObject, type Json } from '../shared/json.ts';

type Step = string | number | '*';

/** `$`, `$.a.b`, `$['a b']`, `$.list[0]`, `$.list[*].name`; null when it is none of these. A path without `$` begins at the top as well. */
export function parseJsonPath(path: string): readonly Step[] | null {
  const text = path.trim();
  const rest = text.startsWith('$') ? text.slice(1) : text === '' ? '' : `.${text}`;
  const steps: Step[] = [];
  const step = /\.([A-Za-z_][\w-]*|\*)|\[(?:(\d{1,9})|(\*)|'([^']*)'|"([^"]*)")\]/y;
  while (step.lastIndex < rest.length) {
    const match = step.exec(rest);
    if (match === null) return null;
    const [, name, index, , single, double] = match;
    steps.push(index === undefined ? (name ?? single ?? double ?? '*') : Number(index));
  }
  return steps;
}

/** What a path finds; undefined where there is nothing. A path with `*` finds a list. */
export function readJsonPath(value: Json, path: readonly Step[]): Json | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (step === '*') {
    const items = Array.isArray(value) ? value : isJsonObject(value) ? Object.values(value) : [];
    return items.flatMap((item) => readJsonPath(item, rest) ?? []);
  }
  const next = typeof step === 'number' ? (Array.isArray(value) ? value[step] : undefined) : own(value, step);
  return next === undefined ? undefined : readJsonPath(next, rest);
}

function own(value: Json, key: string): Json | undefined {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

import { parseBoundedYaml } from '../blueprint/parse-bounded-yaml.ts';
import type { Json } from '../shared/json.ts';
import { plainValue } from './coerce.ts';

export type TextFormat = 'auto' | 'yaml' | 'json' | 'string';
export type TextRead = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly why: string };

/** A sensor is kept, sent to browsers and shown. */
const LONGEST = 64 * 1024;

/** What a command has printed, or a server answered. `lastYaml`: of several documents the last counts. */
export function readText(written: string, format: TextFormat, { lastYaml }: { readonly lastYaml: boolean }): TextRead {
  const text = written.trim();
  if (text.length > LONGEST) return { ok: false, why: `it is longer than ${LONGEST / 1024} KiB` };
  if (format === 'string') return { ok: true, value: text };
  if (format === 'json') return readJson(text);
  const document = lastYaml ? (text.split(/^---\s*$/m).at(-1) ?? '').trim() : text;
  if (format === 'yaml') return readYaml(document);
  const isStructured = /^[[{]/.test(document) || document !== text;
  const structured = isStructured ? readYaml(document) : null;
  return structured?.ok ? structured : { ok: true, value: plainValue(text) };
}

export function readJson(text: string): TextRead {
  try {
    const value: Json = JSON.parse(text);
    return { ok: true, value };
  } catch {
    return { ok: false, why: 'it is no JSON' };
  }
}

function readYaml(text: string): TextRead {
  const parsed = parseBoundedYaml(text, { uniqueKeys: false });
  if (!parsed.ok || parsed.document.errors.length > 0) return { ok: false, why: 'it is no YAML' };
  try {
    // Dates and other values that JSON has not become texts.
    return readJson(JSON.stringify(parsed.document.toJS({ maxAliasCount: 20 }) ?? null));
  } catch {
    return { ok: false, why: 'it is no YAML' };
  }
}

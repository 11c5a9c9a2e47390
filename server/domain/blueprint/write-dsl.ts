import type { Json } from '../shared/json.ts';
import { type ConfigValue, type Deferred, type DslCall, isConfigList, isDeferred, isNestedObject, isNestedSpec } from './config-value.ts';
import { DSL_PREFIX } from './dsl-functions.ts';

/** The expression for people, on one line. Only where `writeDsl` gives a text does it read back as the same. */
export function showDsl(calls: readonly DslCall[], outermost = true): string {
  return (outermost ? DSL_PREFIX : '') + calls.map((call, index) => showCall(call, index === 0)).join('');
}

/** An expression as an argument of another one. */
export function nestedDsl(calls: readonly DslCall[]): Deferred {
  return { $dsl: { text: showDsl(calls, false), calls } };
}

/**
 * The expression as a blueprint writes it: one text where that can hold all arguments, else the map form
 * `{ $brooklyn:fn: [arguments] }`, or `{ $brooklyn:chain: […] }` for several calls.
 */
export function writeDsl(calls: readonly DslCall[]): Json {
  if (fitsInLine(calls)) return showDsl(calls);
  const [first, ...rest] = calls;
  if (first === undefined || rest.length === 0)
    return first === undefined ? null : { [`${DSL_PREFIX}${first.name}`]: first.args.map(writeArgument) };
  return { [`${DSL_PREFIX}chain`]: [writeDsl([first]), ...rest.map(writeLink)] };
}

function writeLink(call: DslCall): Json {
  return call.name === '[]' ? showCall(call, false) : { [call.name]: call.args.map(writeArgument) };
}

function writeArgument(value: ConfigValue): Json {
  if (typeof value === 'string' && value.startsWith(DSL_PREFIX)) return showDsl([{ name: 'literal', args: [value] }]);
  if (typeof value !== 'object' || value === null) return value;
  if (isDeferred(value)) return writeDsl(value.$dsl.calls);
  if (isNestedSpec(value) || isNestedObject(value)) return showArgument(value);
  if (isConfigList(value)) return value.map(writeArgument);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, writeArgument(item)]));
}

function fitsInLine(calls: readonly DslCall[]): boolean {
  return calls.every(({ args }) => args.every((value) => (isDeferred(value) ? fitsInLine(value.$dsl.calls) : typeof value === 'string')));
}

function showCall({ name, args }: DslCall, first: boolean): string {
  // Which root is meant follows from where the text stands.
  const shown = name === 'scopeRoot' ? '' : args.map(showArgument).join(', ');
  return name === '[]' ? `[${shown}]` : `${first ? '' : '.'}${name}(${shown})`;
}

function showArgument(value: ConfigValue): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (isDeferred(value)) return showDsl(value.$dsl.calls, false);
  if (isNestedSpec(value)) return `entitySpec(${quote(value.$spec.type)})`;
  if (isNestedObject(value)) return `object(${quote(value.$object.type)})`;
  if (isConfigList(value)) return `[${value.map(showArgument).join(', ')}]`;
  const entries = Object.entries(value).map(([key, item]) => `${key}: ${showArgument(item)}`);
  return `{${entries.join(', ')}}`;
}

const ESCAPED: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['"', '\\"'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\b', '\\b'],
  ['\f', '\\f'],
]);

function quote(text: string): string {
  return `"${text.replace(/[\\"\n\r\t\b\f]/g, (char) => ESCAPED.get(char) ?? char)}"`;
}

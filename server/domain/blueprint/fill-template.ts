import type { Entity } from '../entity/entity.ts';
import { type Evaluation, MOST_TEXT } from './evaluation.ts';
import { toText } from './format-java.ts';
import { gather, HIDDEN, isLiveList, isLiveMap, type LiveMap, type LiveValue, type Outcome, openValue, refuse } from './live-value.ts';
import { parseTemplate, type TemplatePart } from './parse-template.ts';
import { attributeWhenReady, foreignProblem, readConfig, readSensor } from './read-entity.ts';

/** `template(text, substitutions)`: placeholders are looked up in the substitutions first, then in the entity. */
export function fillTemplate(template: string, substitutions: LiveValue, on: Entity, evaluation: Evaluation): Outcome {
  const foreign = foreignProblem(on, 'what a template asks for', evaluation);
  if (foreign !== null) return foreign;
  const parsed = parseTemplate(template);
  if (!parsed.ok) return refuse(`template: ${parsed.message}.`);
  const known = isLiveMap(substitutions) ? substitutions : {};
  const filled = gather(parsed.parts, (part) => fillPart(part, known, on, evaluation));
  if (!filled.ok) return filled;
  const parts = filled.value.map(openValue);
  const text = parts.map(({ json }) => toText(json)).join('');
  if (text.length > MOST_TEXT) return refuse('template gives more than 1 MiB of text.');
  return { ok: true, value: parts.some(({ hidden }) => hidden) ? { [HIDDEN]: text } : text };
}

function fillPart(part: TemplatePart, known: LiveMap, on: Entity, evaluation: Evaluation): Outcome {
  if ('text' in part) return { ok: true, value: part.text };
  const given = valueAt(known, part.path);
  const found: Outcome = given === undefined ? ofEntity(part.path, on, evaluation) : { ok: true, value: given };
  if (!found.ok || found.value !== null) return found;
  if (part.fallback !== null) return { ok: true, value: part.fallback };
  return refuse(`template: ${part.written} is nothing for “${on.name}”.`, `Give it a default, as \${name!"text"} does.`);
}

function ofEntity([first = '', ...rest]: readonly string[], on: Entity, evaluation: Evaluation): Outcome {
  const key = rest.join('.');
  switch (first) {
    case 'config':
      return configOf(rest, on, evaluation);
    case 'attribute':
    case 'sensor':
      return { ok: true, value: readSensor(on, key) ?? null };
    case 'attributeWhenReady':
      return attributeWhenReady(on, key, undefined, evaluation);
    case 'name':
      return { ok: true, value: on.name };
    case 'entity':
      return ofEntityItself(rest, on, evaluation);
    default:
      if (!UNSUPPORTED.includes(first)) return { ok: true, value: null };
      return refuse(`template: \${${first}…} is not supported.`, 'Use config, attribute, attributeWhenReady, entity and substitutions.');
  }
}

/** Names that Brooklyn's templates have for things that are not here. */
const UNSUPPORTED: readonly string[] = [
  'driver',
  'location',
  'mgmt',
  'javaSysProps',
  'children',
  'members',
  'effector',
  'sensor_definition',
];

function ofEntityItself(path: readonly string[], on: Entity, evaluation: Evaluation): Outcome {
  const [first, second] = path;
  if (first === 'id' && second === undefined) return { ok: true, value: on.id };
  if ((first === 'displayName' || first === 'name') && second === undefined) return { ok: true, value: on.name };
  return first === 'entity' || first === undefined ? { ok: true, value: null } : ofEntity(path, on, evaluation);
}

/** `config['a.b']`, `config.a.b`, and an item of a map: `config['a'].b`. */
function configOf(path: readonly string[], on: Entity, evaluation: Evaluation): Outcome {
  for (let length = path.length; length > 0; length -= 1) {
    const found = readConfig(on, path.slice(0, length).join('.'), evaluation);
    if (!found.ok) return found;
    const value = found.value === null ? undefined : valueAt(found.value, path.slice(length));
    if (value !== undefined) return { ok: true, value };
  }
  return { ok: true, value: null };
}

/** The value below a path of keys, which may have dots in them themselves. */
function valueAt(value: LiveValue, path: readonly string[]): LiveValue | undefined {
  if (path.length === 0) return value;
  if (isLiveList(value)) return valueAt(value[Number(path[0])] ?? null, path.slice(1));
  if (!isLiveMap(value)) return undefined;
  for (let length = path.length; length > 0; length -= 1) {
    const key = path.slice(0, length).join('.');
    const item = Object.hasOwn(value, key) ? value[key] : undefined;
    if (item !== undefined) return valueAt(item, path.slice(length));
  }
  return undefined;
}

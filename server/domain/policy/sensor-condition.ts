import { Environment } from '@marcbachmann/cel-js';
import type { SensorReader } from '../adjunct/behaviour.ts';
import type { Entity } from '../entity/entity.ts';
import { isEntityUp } from '../entity/service-state.ts';
import type { Json } from '../shared/json.ts';

const MAP = 'map<string, dyn>';

/** What an expression may be made of: more is written by nobody, and would take long. */
const LIMITS = { maxAstNodes: 200, maxDepth: 30, maxListElements: 100, maxMapEntries: 100, maxCallArguments: 20 };
/** Lists and maps that are longer, as JSON, are not looked into. */
const MOST_CHARACTERS = 2_048;
/** Lists within lists within lists would take long. */
const MOST_MACROS = 2;
const MACROS = /\.\s*(?:all|exists|exists_one|map|filter)\s*\(/g;

const ENVIRONMENT = new Environment({ limits: LIMITS }).registerVariable('sensors', MAP).registerVariable('entity', MAP);

/** What is wrong with a condition, or null. It must give true or false. */
export function conditionProblem(expression: string): string | null {
  if ([...expression.matchAll(MACROS)].length > MOST_MACROS) return `it goes through lists more than ${MOST_MACROS} times`;
  try {
    const { valid, type, error } = ENVIRONMENT.parse(expression).check();
    if (!valid) return firstLine(error?.message ?? 'it cannot be read');
    return type === 'bool' || type === 'dyn' ? null : `it gives ${type}, not true or false`;
  } catch (error) {
    return firstLine(error instanceof Error ? error.message : String(error));
  }
}

/** The sensors that a condition names: `sensors.load`, `sensors["queue.length"]`. */
export function sensorsOfCondition(expression: string): readonly string[] {
  const named = expression.matchAll(
    /\bsensors\s*(?:\.\s*([A-Za-z_]\w*)|\[\s*(?:"([^"]+)"|'([^']+)')\s*\])|["']([^"']+)["']\s+in\s+sensors\b/g,
  );
  return [...new Set([...named].flatMap((match) => match.slice(1).filter((name) => name !== undefined)))];
}

export type Truth = { readonly ok: true; readonly value: boolean } | { readonly ok: false; readonly why: string };

/** Whether it holds of an entity now; what cannot be told, as of a sensor that is not there, is neither. */
export function evaluateCondition(expression: string, entity: Entity, read: SensorReader): Truth {
  const problem = conditionProblem(expression);
  if (problem !== null) return { ok: false, why: problem };
  const sensors: Record<string, Json> = {};
  for (const name of sensorsOfCondition(expression)) {
    const value = read.sensor(entity.id, name)?.value;
    if (value !== undefined && value !== null && isShort(value)) sensors[name] = value;
  }
  try {
    const seen = { name: entity.name, state: entity.actual, up: isEntityUp(entity) };
    const answer: unknown = ENVIRONMENT.parse(expression)({ sensors, entity: seen });
    return typeof answer === 'boolean' ? { ok: true, value: answer } : { ok: false, why: 'it gives neither true nor false' };
  } catch (error) {
    return { ok: false, why: firstLine(error instanceof Error ? error.message : String(error)) };
  }
}

function isShort(value: Json): boolean {
  return typeof value !== 'object' || JSON.stringify(value).length <= MOST_CHARACTERS;
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}

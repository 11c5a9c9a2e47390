import type { z } from 'zod';
import { expressionGives } from './check-expression.ts';
import { type ConfigMap, type ConfigValue, isConfigList, isDeferred, isNestedObject, isNestedSpec } from './config-value.ts';

/**
 * What one who plans text after text keeps from one to the next: config that the schema of a type had nothing to say about. It makes
 * the next plan faster and never different. Holds 4 Mi characters at most, and forgets all when it is full.
 */
export interface PlanMemory {
  accepts(schema: z.ZodType, shape: string): boolean;
  accept(schema: z.ZodType, shape: string): void;
}

const MOST_CHARACTERS = 4 * 1024 * 1024;

export function createPlanMemory(): PlanMemory {
  const accepted = new Map<z.ZodType, Set<string>>();
  let characters = 0;
  return {
    accepts: (schema, shape) => accepted.get(schema)?.has(shape) === true,
    accept(schema, shape) {
      characters += shape.length;
      if (characters > MOST_CHARACTERS) {
        accepted.clear();
        characters = shape.length;
      }
      const known = accepted.get(schema);
      if (known === undefined) accepted.set(schema, new Set([shape]));
      else known.add(shape);
    },
  };
}

const LONGEST_SHAPE = 16_384;

/**
 * Equal for config that a schema cannot tell apart: expressions count only for what they give, since no schema looks into one. Null
 * for what is not worth keeping, long config and what holds whole entities or objects.
 */
export function shapeOfConfig(config: ConfigMap): string | null {
  let shape = '{';
  for (const key in config) {
    const value = shapeOf(config[key] ?? null);
    if (value === null || shape.length + value.length > LONGEST_SHAPE) return null;
    shape += `${JSON.stringify(key)}:${value},`;
  }
  return `${shape}}`;
}

function shapeOf(value: ConfigValue): string | null {
  if (typeof value === 'string') return value.length > LONGEST_SHAPE ? null : JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (isDeferred(value)) return expressionGives(value.$dsl) === 'entity' ? '$entity' : '$value';
  if (isNestedSpec(value) || isNestedObject(value)) return null;
  return isConfigList(value) ? shapeOfList(value) : shapeOfConfig(value);
}

function shapeOfList(list: readonly ConfigValue[]): string | null {
  let shape = '[';
  for (const item of list) {
    const value = shapeOf(item);
    if (value === null || shape.length + value.length > LONGEST_SHAPE) return null;
    shape += `${value},`;
  }
  return `${shape}]`;
}

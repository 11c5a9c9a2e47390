import { isJsonObject, type Json } from '../shared/json.ts';
import type { StrategyChoice } from './placement.ts';

/** Strategies as config gives them: a list of `$brooklyn:object`s and names, or one of these. What is neither is left out. */
export function readChoices(value: Json | undefined): readonly StrategyChoice[] {
  const given = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  return given.flatMap((item): readonly StrategyChoice[] => {
    if (typeof item === 'string') return [{ strategy: item, config: {} }];
    const object = isJsonObject(item) && isJsonObject(item.$object) ? item.$object : {};
    return typeof object.type === 'string'
      ? [{ strategy: object.type, config: isJsonObject(object.config) ? { ...object.config } : {} }]
      : [];
  });
}

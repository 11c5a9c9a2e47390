import type { Json, JsonObject } from '@/server/domain/shared/json.ts';
import { canonicalJson } from '@/server/domain/shared/json.ts';

/** What differs from before; null where a value was taken away. */
export function changedConfig(before: JsonObject, after: JsonObject): JsonObject {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.fromEntries(
    [...keys].flatMap((key): readonly (readonly [string, Json])[] => {
      const next = after[key] ?? null;
      return canonicalJson(before[key] ?? null) === canonicalJson(next) ? [] : [[key, next]];
    }),
  );
}

/**
 * Whether two values have the same canonical JSON, without making it: absent and undefined members are alike, as are undefined and
 * null inside an array. Shared parts are equal by identity, so comparing a record with an edited copy costs only the edit.
 */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return isSameScalar(a, b);
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) && isSameArray(a, b);
  return isSameObject(a, b);
}

function isSameScalar(a: unknown, b: unknown): boolean {
  if (typeof a === 'object' && a !== null) return false;
  if (typeof b === 'object' && b !== null) return false;
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

function isSameArray(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, at) => isSameJson(item ?? null, b[at] ?? null));
}

function isSameObject(a: object, b: object): boolean {
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  for (const key of Object.keys(left)) {
    const value = left[key];
    if (value === undefined ? right[key] !== undefined : !Object.hasOwn(right, key) || right[key] === undefined) return false;
    if (value !== undefined && !isSameJson(value, right[key])) return false;
  }
  return Object.keys(right).every((key) => right[key] === undefined || Object.hasOwn(left, key));
}

/** Freezes a record and everything in it; used by tests to catch writers that change shared records. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const member of Object.values(value)) deepFreeze(member);
  return Object.freeze(value);
}

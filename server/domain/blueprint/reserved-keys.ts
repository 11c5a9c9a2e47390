const RESERVED: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Keys that no blueprint may have: they have a meaning of their own in JavaScript, or in config values. */
export function isReservedKey(key: string): boolean {
  return RESERVED.has(key) || /^\$(?:dsl|entity|spec|object)/.test(key);
}

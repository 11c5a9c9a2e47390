/** Full names of a class of Brooklyn's or Clocker's in its versions, with the simple name of each: what blueprints call the type. */
export function classNames(...names: readonly string[]): readonly string[] {
  const simple = names.map((name) => name.slice(name.lastIndexOf('.') + 1));
  return [...new Set([...simple, ...names])];
}

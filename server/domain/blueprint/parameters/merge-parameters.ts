import type { ParameterSpec } from '../../entity/entity-spec.ts';
import type { DeclaredParameter } from './read-parameters.ts';

/** A parameter in force, and the declarations that made it: the last first. */
export interface MergedParameter {
  readonly spec: ParameterSpec;
  readonly declared: readonly DeclaredParameter[];
}

/** Declarations laid over each other, the most basic first. What a later one does not say is kept from the earlier: type, default … */
export function mergeParameters(layers: readonly (readonly DeclaredParameter[])[]): readonly MergedParameter[] {
  const merged = new Map<string, MergedParameter>();
  for (const declared of layers.flat()) {
    const { name } = declared.given;
    const base = merged.get(name);
    merged.set(name, {
      spec: { type: 'string', ...base?.spec, ...declared.given },
      declared: [declared, ...(base?.declared ?? [])],
    });
  }
  return [...merged.values()];
}

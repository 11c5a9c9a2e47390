import type { OperationDefinition } from './definitions.ts';
import type { NodeTemplate } from './topology.ts';

/** Operations of the lifecycle, in their order. */
export const LIFECYCLE = ['create', 'configure', 'start', 'stop', 'delete'] as const;

/** True where an operation of the lifecycle has an implementation that is a script, not an image. */
export function hasScripts(node: NodeTemplate): boolean {
  return lifecycleOperations(node).some(({ implementation }) => implementation !== null);
}

export function lifecycleOperations(node: NodeTemplate): readonly OperationDefinition[] {
  const operations = node.interfaces.get('Standard')?.operations;
  return LIFECYCLE.flatMap((name) => {
    const operation = operations?.get(name);
    return operation === undefined ? [] : [operation];
  });
}

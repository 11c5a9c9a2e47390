import type { EngineContext } from './engine-context.ts';

/** How the engine treats an entity of this type. What is made of others is a group of them. Software counts as a container wherever it runs; what is only planned, and types of an older version, as groups. */
export function entityKind(context: Pick<EngineContext, 'plugins'>, type: string): 'group' | 'cluster' | 'container' | 'cloud' | 'host' {
  const { kind = 'group', compose, software } = context.plugins.entityTypes.get(type) ?? {};
  if (compose !== undefined) return 'group';
  if (kind !== 'software') return kind;
  return software === undefined ? 'group' : 'container';
}

import type { EngineContext } from './engine-context.ts';

/** How the engine treats an entity of this type. What is made of others is a group of them. Software is planned and so never deployed: it, and types of an older version, count as groups. */
export function entityKind(context: Pick<EngineContext, 'plugins'>, type: string): 'group' | 'cluster' | 'container' | 'cloud' | 'host' {
  const { kind = 'group', compose } = context.plugins.entityTypes.get(type) ?? {};
  return kind === 'software' || compose !== undefined ? 'group' : kind;
}

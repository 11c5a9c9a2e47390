import type { EngineContext } from './engine-context.ts';

/** How the engine treats an entity of this type. Software is planned and so never deployed: it, and types of an older version, count as groups. */
export function entityKind(context: Pick<EngineContext, 'plugins'>, type: string): 'group' | 'cluster' | 'container' | 'cloud' | 'host' {
  const kind = context.plugins.entityTypes.get(type)?.kind ?? 'group';
  return kind === 'software' ? 'group' : kind;
}

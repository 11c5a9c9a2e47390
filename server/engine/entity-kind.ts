import type { EngineContext } from './engine-context.ts';

/** How the engine treats an entity of this type. Software counts as a container wherever it runs; what is only planned, and types of an older version, as groups. */
export function entityKind(context: Pick<EngineContext, 'plugins'>, type: string): 'group' | 'cluster' | 'container' | 'cloud' | 'host' {
  const plugin = context.plugins.entityTypes.get(type);
  const kind = plugin?.kind ?? 'group';
  if (kind !== 'software') return kind;
  return plugin?.software === undefined ? 'group' : 'container';
}

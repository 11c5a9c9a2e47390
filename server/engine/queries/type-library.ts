import type { TypeLibrary } from '../../domain/blueprint/type-library.ts';
import { EMPTY_CATALOG } from '../../domain/catalog/catalog.ts';
import type { EngineContext } from '../engine-context.ts';

/** What a blueprint may name here and now: the plug-ins that ship and the catalog. */
export function typeLibrary({ plugins }: Pick<EngineContext, 'plugins'>): TypeLibrary {
  return { ...plugins, catalog: EMPTY_CATALOG };
}

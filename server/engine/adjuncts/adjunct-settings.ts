import { type Adjunct, givenConfig } from '../../domain/adjunct/adjunct.ts';
import type { AdjunctType } from '../../domain/blueprint/adjunct-type.ts';
import { callsIn } from '../../domain/blueprint/calls-in.ts';
import type { ConfigMap } from '../../domain/blueprint/config-value.ts';
import { resolveAttached } from '../../domain/blueprint/resolve-config.ts';
import type { Entity } from '../../domain/entity/entity.ts';
import type { EngineContext } from '../engine-context.ts';
import type { LiveAdjunct } from './adjunct-index.ts';
import { createLiveView } from './live-view.ts';

/** Config of an adjunct as its type wants it, or why there is none now. */
export type AdjunctSettings =
  | { readonly ok: true; readonly type: AdjunctType; readonly config: unknown }
  | { readonly ok: false; readonly why: string };

/** Evaluates config once, and again only where it has expressions. */
export interface AdjunctSettingsReader {
  read(adjunct: LiveAdjunct, entity: Entity, record: Adjunct | undefined): AdjunctSettings;
  forget(id: string): void;
}

interface Known {
  readonly spec: LiveAdjunct['spec'];
  readonly own: ConfigMap | undefined;
  readonly config: ConfigMap;
  readonly isConstant: boolean;
  /** Undefined where it is evaluated each time. */
  settings: AdjunctSettings | undefined;
}

type SettingsContext = Pick<EngineContext, 'store' | 'plugins' | 'secretTexts' | 'metrics'>;

/** Config as it is now. */
export function evaluateSettings(
  { store, plugins, secretTexts, metrics }: SettingsContext,
  entity: Entity,
  { type: typeId, config }: { readonly type: string; readonly config: ConfigMap },
): AdjunctSettings {
  const type = plugins.adjunctTypes.get(typeId);
  if (!type) return { ok: false, why: `there is no type ${typeId}` };
  const view = createLiveView(store.view, metrics);
  const self = view.get('entity', entity.id) ?? entity;
  const resolved = resolveAttached(config, { self, view, types: plugins.entityTypes, secrets: secretTexts.reader(store.view) });
  if (!resolved.ok) return { ok: false, why: 'error' in resolved ? resolved.error.message : `it waits for ${resolved.waitingFor}` };
  const parsed = type.config.safeParse(resolved.value);
  if (parsed.success) return { ok: true, type, config: parsed.data };
  const [issue] = parsed.error.issues;
  return { ok: false, why: `${issue?.path.join('.') ?? 'config'}: ${issue?.message ?? 'is wrong'}` };
}

export function createAdjunctSettings(context: SettingsContext): AdjunctSettingsReader {
  const known = new Map<string, Known>();

  return {
    read(adjunct, entity, record) {
      let entry = known.get(adjunct.id);
      if (!entry || entry.spec !== adjunct.spec || entry.own !== record?.config) {
        const config = givenConfig(adjunct, record);
        entry = { spec: adjunct.spec, own: record?.config, config, isConstant: callsIn(config).length === 0, settings: undefined };
        known.set(adjunct.id, entry);
      }
      if (entry.settings) return entry.settings;
      const settings = evaluateSettings(context, entity, { type: adjunct.spec.type, config: entry.config });
      if (entry.isConstant) entry.settings = settings;
      return settings;
    },
    forget: (id) => void known.delete(id),
  };
}

import { isDeferred } from '@/server/domain/blueprint/config-value.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';
import { configText } from './config-text.ts';

/** The config of an entity as its blueprint gives it; secrets were masked by the server. */
export function EntityConfig({ entity }: { entity: Entity }) {
  const keys = Object.keys(entity.spec.config).sort();
  if (keys.length === 0) return <p className="p-4 text-ink-3">This entity has no config of its own: its type&apos;s defaults hold.</p>;
  return (
    <dl className="flex flex-col gap-3 p-4">
      {keys.map((key) => {
        const value = entity.spec.config[key] ?? null;
        return (
          <div key={key}>
            <dt className="flex items-center gap-2 text-sm text-ink-2">
              {key}
              {isDeferred(value) ? <span className="rounded-sm bg-accent-soft px-1 text-2xs text-accent-text">expression</span> : null}
            </dt>
            <dd>
              <pre className="mt-0.5 max-h-72 overflow-auto rounded-md border border-line bg-sunken px-3 py-1.5 text-xs whitespace-pre-wrap">
                {isDeferred(value) ? value.$dsl.text : configText(value)}
              </pre>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

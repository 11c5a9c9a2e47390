'use client';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { schemaFields } from '@/components/ui/schema-fields.ts';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';

/** Config, sensors and effectors of a type that ships. */
export function TypeKeys({ id }: { id: string }) {
  const details = useQuery(useTRPC().catalog.type.queryOptions({ id }, { staleTime: Number.POSITIVE_INFINITY }));
  if (details.error) {
    return <ErrorState error={toErrorView(details.error)} compact actions={<Button onClick={() => details.refetch()}>Try again</Button>} />;
  }
  if (!details.data) return <Skeleton className="h-40 w-full" />;
  const { configSchema, flags, sensors, effectors } = details.data;
  const shortNames = new Map<string, string[]>();
  for (const [flag, key] of Object.entries(flags)) shortNames.set(key, [...(shortNames.get(key) ?? []), flag]);
  return (
    <>
      <Names
        title="Config"
        empty="Takes no config of its own."
        items={schemaFields(configSchema).map((field) => ({
          name: field.name,
          note: [field.required ? 'required' : '', field.fallback ? `default ${field.fallback}` : ''].filter(Boolean).join(', '),
          about: [field.description, also(shortNames.get(field.name))].filter(Boolean).join(' '),
        }))}
      />
      <Names
        title="Sensors"
        empty=""
        items={sensors.map((sensor) => ({ name: sensor.name, note: sensor.type, about: sensor.description }))}
      />
      <Names
        title="Effectors"
        empty=""
        items={effectors.map((effector) => ({ name: effector.name, note: '', about: effector.description }))}
      />
    </>
  );
}

function also(names: readonly string[] | undefined): string {
  return names === undefined ? '' : `Short: ${names.join(', ')}.`;
}

interface NamedThing {
  readonly name: string;
  readonly note: string;
  readonly about: string;
}

function Names({ title, items, empty }: { title: string; items: readonly NamedThing[]; empty: string }) {
  if (items.length === 0) return empty === '' ? null : <p className="text-sm text-ink-3">{empty}</p>;
  return (
    <section>
      <h3 className="pb-1 font-medium">{title}</h3>
      <dl className="flex flex-col gap-2">
        {items.map(({ name, note, about }) => (
          <div key={name}>
            <dt className="flex flex-wrap items-baseline gap-x-2">
              <code className="font-mono text-xs break-all">{name}</code>
              {note ? <span className="text-xs text-ink-3">{note}</span> : null}
            </dt>
            {about ? <dd className="text-sm text-ink-2">{about}</dd> : null}
          </div>
        ))}
      </dl>
    </section>
  );
}

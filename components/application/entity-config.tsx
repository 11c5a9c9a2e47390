'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { SearchInput } from '@/components/ui/search-input.tsx';
import { SkeletonRows } from '@/components/ui/skeleton.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import { useUrlState } from '@/components/ui/use-url-state.ts';
import type { ConfigEntry } from '@/server/api/entity/config.ts';
import { isDeferred } from '@/server/domain/blueprint/config-value.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';
import { configText } from './config-text.ts';

const TITLES: Readonly<Record<ConfigEntry['from'], string>> = {
  own: 'Its own',
  inherited: 'Inherited',
  default: 'Defaults of the blueprint',
  type: 'Defaults of its type',
};
const ORDER = ['own', 'inherited', 'default', 'type'] as const;

/** Config that counts at an entity, by where it comes from; secrets were masked by the server. */
export function EntityConfig({ entity }: { entity: Entity }) {
  const trpc = useTRPC();
  const [text, setText] = useUrlState('config', '');
  const config = useQuery(trpc.entity.config.queryOptions({ entityId: entity.id }));
  if (config.error) return <ErrorState error={toErrorView(config.error)} compact className="m-4" />;
  if (!config.data) return <SkeletonRows rows={6} />;
  const shown = config.data.filter(({ key }) => key.toLowerCase().includes(text.toLowerCase()));
  return (
    <div className="flex flex-col gap-5 p-4">
      <SearchInput
        className="w-full max-w-80"
        aria-label="Filter config"
        placeholder="Filter keys"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onClear={() => setText('')}
      />
      {shown.length === 0 ? <p className="text-ink-3">{text === '' ? 'It has no config.' : 'No key matches.'}</p> : null}
      {ORDER.map((from) => {
        const entries = shown.filter((entry) => entry.from === from);
        return entries.length === 0 ? null : (
          <section key={from} aria-label={TITLES[from]}>
            <h2 className="mb-2 text-sm font-semibold">{TITLES[from]}</h2>
            <dl className="flex flex-col gap-3">
              {entries.map((entry) => (
                <Entry key={entry.key} entry={entry} applicationId={entity.applicationId} />
              ))}
            </dl>
          </section>
        );
      })}
    </div>
  );
}

function Entry({ entry, applicationId }: { entry: ConfigEntry; applicationId: string }) {
  const { key, value, holders, description } = entry;
  return (
    <div>
      <dt className="flex flex-wrap items-center gap-2 text-sm text-ink-2">
        <span className="font-mono text-xs break-all">{key}</span>
        {isDeferred(value) ? <Badge className="bg-accent-soft text-accent-text">expression</Badge> : null}
        {holders.map(({ id, name }, index) => (
          <span key={id} className="text-ink-3">
            {index === 0 ? 'from ' : 'and '}
            <Link className="underline underline-offset-2 hover:text-ink" href={`/applications/${applicationId}?entity=${id}&tab=config`}>
              {name}
            </Link>
          </span>
        ))}
      </dt>
      <dd>
        <pre className="mt-0.5 max-h-72 overflow-auto rounded-md border border-line bg-sunken px-3 py-1.5 text-xs whitespace-pre-wrap">
          {isDeferred(value) ? value.$dsl.text : configText(value)}
        </pre>
        {description ? <p className="mt-0.5 text-sm text-ink-3">{description}</p> : null}
      </dd>
    </div>
  );
}

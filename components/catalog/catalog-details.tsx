'use client';
import { ArrowLeft, LibraryBig } from 'lucide-react';
import { Button } from '@/components/ui/button.tsx';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import { DefinitionList } from '@/components/ui/definition-list.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Time } from '@/components/ui/time.tsx';
import type { CatalogRecord } from '@/server/domain/shared/records.ts';
import { CatalogItemActs } from './catalog-item-acts.tsx';
import { type CatalogRow, usageOf } from './catalog-rows.ts';
import { CatalogState } from './catalog-table.tsx';
import { TypeKeys } from './type-keys.tsx';

/** What one type is, takes and gives, and how a blueprint uses it. */
export function CatalogDetails({ row, onClose }: { row: CatalogRow | null; onClose: () => void }) {
  if (row === null) {
    return (
      <aside aria-label="Details" className="min-h-0 flex-1 bg-surface max-md:hidden">
        <EmptyState icon={LibraryBig} title="Select a type">
          What it is, which config it takes, which sensors and effectors it has, and how a blueprint writes it.
        </EmptyState>
      </aside>
    );
  }
  return (
    <aside aria-label="Details" className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto bg-surface p-4">
      <header className="flex flex-col gap-2">
        <Button variant="ghost" className="self-start md:hidden" onClick={onClose}>
          <ArrowLeft aria-hidden />
          All types
        </Button>
        <span className="flex flex-wrap items-center gap-2">
          <h2 className="text-lg font-semibold">{row.title}</h2>
          <CatalogState state={row.state} />
        </span>
        {row.description ? <p className="text-ink-2">{row.description}</p> : null}
        {row.state === 'planned' ? (
          <p className="text-sm text-ink-2">Blueprints that use it are checked and planned; this version does not deploy them.</p>
        ) : null}
        {row.added ? <CatalogItemActs item={row.added} onRemoved={onClose} /> : null}
      </header>
      <Code title="In a blueprint" text={usageOf(row)} />
      {row.added ? <AddedFacts item={row.added} /> : null}
      {row.shipped ? <ShippedFacts row={row} aliases={row.shipped.aliases} /> : null}
    </aside>
  );
}

function AddedFacts({ item }: { item: CatalogRecord }) {
  return (
    <>
      <DefinitionList
        items={[
          ['Name', <code key="name">{item.symbolicName}</code>],
          ['Version', item.version],
          ['From', `${item.bundle.symbolicName} ${item.bundle.version}`],
          ['Added', <Time key="added" at={item.addedAt} />],
          ['By', item.addedBy],
          ...(item.tags.length > 0 ? [['Tags', item.tags.join(', ')] as const] : []),
        ]}
      />
      <Code title="What it is" text={item.text} />
    </>
  );
}

function ShippedFacts({ row, aliases }: { row: CatalogRow; aliases: readonly string[] }) {
  return (
    <>
      {aliases.length > 0 ? (
        <section>
          <h3 className="pb-1 font-medium">Also written as</h3>
          <ul className="flex flex-col gap-0.5">
            {aliases.map((alias) => (
              <li key={alias} className="truncate font-mono text-xs text-ink-2" title={alias}>
                {alias}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <TypeKeys id={row.name} />
    </>
  );
}

function Code({ title, text }: { title: string; text: string }) {
  return (
    <section>
      <div className="flex items-center justify-between">
        <h3 className="font-medium">{title}</h3>
        <CopyButton text={text} label={`Copy: ${title}`} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by key */}
      <pre tabIndex={0} className="max-h-96 overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-xs leading-5">
        {text}
      </pre>
    </section>
  );
}

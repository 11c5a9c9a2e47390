'use client';
import { useQuery } from '@tanstack/react-query';
import { LibraryBig, Plus } from 'lucide-react';
import { useLiveStatus, useRecords } from '@/components/live/use-live.ts';
import { useMay } from '@/components/shell/use-session.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { cx } from '@/components/ui/cx.ts';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { PageHeader } from '@/components/ui/page-header.tsx';
import { SearchInput } from '@/components/ui/search-input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { SkeletonRows } from '@/components/ui/skeleton.tsx';
import { SplitPanes } from '@/components/ui/split-panes.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import { useUrlState } from '@/components/ui/use-url-state.ts';
import { AddToCatalog } from './add-to-catalog.tsx';
import { CatalogDetails } from './catalog-details.tsx';
import { CATALOG_KINDS, catalogRows } from './catalog-rows.ts';
import { CatalogTable } from './catalog-table.tsx';

const ALL = 'all';
const KIND_LABELS: Readonly<Record<(typeof CATALOG_KINDS)[number], string>> = {
  application: 'Applications',
  entity: 'Entities',
  policy: 'Policies',
  enricher: 'Enrichers',
  initializer: 'Initializers',
  location: 'Locations',
  placement: 'Placement strategies',
  object: 'Objects',
};

/** Everything that a blueprint can name: what ships, and what people added as YAML. */
export function CatalogScreen() {
  const trpc = useTRPC();
  const { ready } = useLiveStatus();
  const mayAdminister = useMay('administer');
  const shipped = useQuery(trpc.catalog.types.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }));
  const added = useRecords('catalogItem');
  const [text, setText] = useUrlState('filter', '');
  const [kind, setKind] = useUrlState('kind', ALL);
  const [selected, setSelected] = useUrlState('type', '');
  const [adding, setAdding] = useUrlState('add', '');
  const all = catalogRows(shipped.data ?? [], added, { text: '', kind: '' });
  const rows = catalogRows(shipped.data ?? [], added, { text, kind: kind === ALL ? '' : kind });
  const chosen = all.find((row) => row.id === selected) ?? null;
  const loading = !ready || shipped.isPending;
  return (
    <>
      <PageHeader title="Catalog" note={loading || shipped.error ? null : formatCount(all.length, 'type')}>
        <SearchInput
          aria-label="Filter the catalog"
          placeholder="Name, old name, tag"
          className="w-64 max-sm:w-full"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onClear={() => setText('')}
        />
        <Select
          aria-label="Kind"
          value={kind}
          onChange={setKind}
          options={[{ value: ALL, label: 'All kinds' }, ...CATALOG_KINDS.map((value) => ({ value, label: KIND_LABELS[value] }))]}
        />
        {mayAdminister ? (
          <Button variant="primary" onClick={() => setAdding('1')}>
            <Plus aria-hidden />
            Add types
          </Button>
        ) : null}
      </PageHeader>
      {shipped.error ? (
        <ErrorState error={toErrorView(shipped.error)} actions={<Button onClick={() => shipped.refetch()}>Try again</Button>} />
      ) : loading ? (
        <SkeletonRows />
      ) : (
        <SplitPanes id="catalog" initial={420} min={320} max={640} label="Width of the details">
          {/* On a phone the list and what was chosen from it take turns. */}
          <div className={cx('min-h-0 flex-1 overflow-y-auto', chosen && 'max-md:hidden')}>
            {rows.length === 0 ? (
              <EmptyState
                icon={LibraryBig}
                title="Nothing matches"
                actions={
                  <Button
                    onClick={() => {
                      setText('');
                      setKind(ALL);
                    }}
                  >
                    Clear the filter
                  </Button>
                }
              >
                No type has this in its name, its old names, its description or its tags.
              </EmptyState>
            ) : (
              <CatalogTable rows={rows} selected={selected} onSelect={setSelected} />
            )}
          </div>
          <CatalogDetails row={chosen} onClose={() => setSelected('')} />
        </SplitPanes>
      )}
      {adding && mayAdminister ? (
        <AddToCatalog
          onClose={() => setAdding('')}
          onAdded={(id) => {
            setAdding('');
            setSelected(`added:${id}`);
          }}
        />
      ) : null}
    </>
  );
}

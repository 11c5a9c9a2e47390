'use client';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { useRef, useState } from 'react';
import { DiagnosticList } from '@/components/blueprints/diagnostic-list.tsx';
import { YamlEditor, type YamlEditorHandle } from '@/components/blueprints/yaml-editor.tsx';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { notify } from '@/components/ui/notify.ts';
import { toErrorView } from '@/components/ui/to-error-view.ts';

const START = `brooklyn.catalog:
  version: 1.0.0
  items:
  - id: my-cache
    name: Cache
    description: Redis with our settings
    item:
      type: docker:redis:7
      brooklyn.config:
        docker.container.openPorts: [6379]
`;

/** A file with `brooklyn.catalog`, pasted or opened; what it would add shows before it does. */
export function AddToCatalog({ onClose, onAdded }: { onClose: () => void; onAdded: (id: string) => void }) {
  const trpc = useTRPC();
  const editor = useRef<YamlEditorHandle>(null);
  const file = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(START);
  const check = useQuery(
    trpc.catalog.check.queryOptions({ text }, { enabled: text.trim() !== '', placeholderData: keepPreviousData, staleTime: 0 }),
  );
  const add = useMutation(
    trpc.catalog.add.mutationOptions({
      onSuccess: (added) => {
        notify.done(`${formatCount(added.length, 'type')} added`, added.map(({ id }) => id).join(', '));
        onAdded(added[0]?.id ?? '');
      },
    }),
  );
  const items = text.trim() === '' ? [] : (check.data?.items ?? []);
  const diagnostics = text.trim() === '' ? [] : (check.data?.diagnostics ?? []);
  const open = async (chosen: File | undefined) => {
    if (chosen) editor.current?.replaceAll(await chosen.text());
  };
  return (
    <Dialog
      open
      onOpenChange={(next) => next || onClose()}
      title="Add types to the catalog"
      description="Each item becomes a type that blueprints can name by its id, with or without its version."
      className="max-w-3xl"
      footer={
        <>
          <input
            ref={file}
            type="file"
            accept=".bom,.yaml,.yml"
            className="hidden"
            aria-label="Catalog file"
            onChange={(event) => void open(event.target.files?.[0])}
          />
          <Button className="mr-auto" onClick={() => file.current?.click()}>
            <FileUp aria-hidden />
            Open a file
          </Button>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={add.isPending}
            disabled={!check.data?.ok || items.length === 0}
            onClick={() => add.mutate({ text })}
          >
            {items.length > 0 ? `Add ${formatCount(items.length, 'type')}` : 'Add'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <div className="overflow-hidden rounded-md border border-line">
          <YamlEditor
            ref={editor}
            className="h-[38vh]"
            initialText={text}
            diagnostics={diagnostics}
            label="Catalog"
            onChange={(next) => {
              setText(next);
              if (add.error) add.reset();
            }}
          />
          {diagnostics.length > 0 ? (
            <DiagnosticList
              diagnostics={diagnostics}
              onGoTo={(diagnostic) => editor.current?.goTo(diagnostic)}
              onMend={(diagnostic) => editor.current?.mend(diagnostic)}
            />
          ) : null}
        </div>
        {items.length > 0 ? (
          <ul aria-label="What it adds" className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
            {items.map((item) => (
              <li key={`${item.symbolicName}:${item.version}`}>
                <span className="font-medium">{item.symbolicName}</span> <span className="text-ink-2">{item.version}</span>{' '}
                <span className="text-ink-3">{item.itemType}</span>
              </li>
            ))}
          </ul>
        ) : null}
        {add.error ? <ErrorState error={toErrorView(add.error)} compact /> : null}
        {check.error ? <ErrorState error={toErrorView(check.error)} compact /> : null}
      </div>
    </Dialog>
  );
}

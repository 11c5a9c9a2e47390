'use client';
import { useQuery } from '@tanstack/react-query';
import { Info, Pencil } from 'lucide-react';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { Skeleton } from '@/components/ui/skeleton.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { Exported } from '@/server/api/application/export.ts';
import type { BlueprintInput } from '@/server/domain/blueprint/blueprint-input.ts';
import type { ExportFormat } from '@/server/domain/blueprint/convert-blueprint.ts';
import { toRequest } from './blueprint-files.ts';
import { FORMAT_TITLES } from './format-titles.ts';
import { YamlEditor } from './yaml-editor.tsx';

export interface ConversionDialogProps {
  input: BlueprintInput;
  as: ExportFormat;
  onClose: () => void;
  onEdit: (text: string) => void;
}

/** The blueprint, with all that is merged into it, in another language. */
export function ConversionDialog({ input, as, onClose, onEdit }: ConversionDialogProps) {
  const conversion = useQuery(useTRPC().application.convert.queryOptions({ ...toRequest(input), as }));
  const text = conversion.data?.text ?? null;
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={`As ${FORMAT_TITLES[as]}`}
      description="Made from all its files, variables put in. Comments and the order of keys are not kept."
      className="max-w-3xl"
      footer={
        text === null ? undefined : (
          <>
            <CopyButton text={text} label="Copy the text" />
            <Button
              onClick={() => {
                onEdit(text);
                onClose();
              }}
            >
              <Pencil aria-hidden />
              Edit this instead
            </Button>
            <Button variant="primary" onClick={onClose}>
              Done
            </Button>
          </>
        )
      }
    >
      {conversion.isPending ? <Skeleton className="h-72 w-full" /> : null}
      {conversion.error ? (
        <ErrorState
          compact
          error={toErrorView(conversion.error)}
          actions={<Button onClick={() => conversion.refetch()}>Try again</Button>}
        />
      ) : null}
      {conversion.data ? <Converted {...conversion.data} as={as} /> : null}
    </Dialog>
  );
}

function Converted({ text, leftOut, diagnostics, as }: Exported & { as: ExportFormat }) {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  if (text === null) {
    return <p className="text-ink-2">The blueprint cannot be understood yet: {formatCount(errors, 'finding')} to mend first.</p>;
  }
  return (
    <div className="flex flex-col gap-3">
      {errors > 0 ? (
        <p className="flex gap-2 text-warn">
          <Info aria-hidden className="mt-0.5 size-4 shrink-0" />
          The blueprint has {formatCount(errors, 'error')}: this is what could be understood.
        </p>
      ) : null}
      <div className="overflow-hidden rounded-md border border-line">
        <YamlEditor
          key={text}
          className="h-[46vh]"
          initialText={text}
          diagnostics={NO_DIAGNOSTICS}
          label={`As ${FORMAT_TITLES[as]}`}
          readOnly
        />
      </div>
      {leftOut.length > 0 ? (
        <section>
          <h3 className="pb-1 font-medium">What {FORMAT_TITLES[as]} has no words for</h3>
          <ul className="flex flex-col gap-1">
            {leftOut.map(({ service, what, why }) => (
              <li key={`${service} ${what} ${why}`} className="text-sm text-ink-2">
                {service === null ? null : <span className="font-medium text-ink">{service}: </span>}
                <code className="font-mono text-xs">{what}</code>, {why}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}

const NO_DIAGNOSTICS: readonly never[] = [];

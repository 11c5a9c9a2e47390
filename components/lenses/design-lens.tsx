'use client';
import { AskedFields } from '@/components/blueprints/asked-fields.tsx';
import { withHostAccess, withProfile, withVariable } from '@/components/blueprints/blueprint-files.ts';
import { DropZone } from '@/components/blueprints/drop-zone.tsx';
import { HostAccessField } from '@/components/blueprints/host-access-field.tsx';
import { OpenMenu } from '@/components/blueprints/open-menu.tsx';
import { BlueprintEditor } from '@/components/editor/blueprint-editor.tsx';
import { Button } from '@/components/ui/button.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import { NOTHING_ASKED } from '@/server/domain/blueprint/asked-values.ts';
import { ChangeList } from './change-list.tsx';
import { usePlanned } from './use-planned.ts';
import type { UpdateDraft } from './use-update-draft.ts';

export interface DesignLensProps {
  update: UpdateDraft;
  /** Shows what it would change. */
  onReview: () => void;
}

/** The blueprint as drawn and as text: the next generation is written here. */
export function DesignLens({ update, onReview }: DesignLensProps) {
  const { base, may, draft, store, opening, reading, plan, diagnostics, isSame, isBroken, isDeploying, error, typed } = update;
  const planned = usePlanned(plan.data);
  return (
    <>
      <div className="flex min-h-11 flex-wrap items-center gap-2 border-b border-line px-4 py-1.5">
        <span className="text-sm text-ink-2">
          {isSame ? `Generation ${base.number}, as deployed` : `Draft of generation ${base.number + 1}`}
        </span>
        <span className="flex-1" />
        {may ? <OpenMenu onOpen={opening.open} onStartOver={update.startOver} blank={isSame} /> : null}
        <Button disabled={isSame} onClick={onReview}>
          Review changes
        </Button>
        {may ? (
          <Button variant="primary" disabled={isBroken || isSame} busy={isDeploying} onClick={update.deploy}>
            Deploy changes
          </Button>
        ) : null}
      </div>
      {error ? <ErrorState compact error={toErrorView(error)} className="m-4" /> : null}
      <DropZone onDrop={opening.open}>
        <BlueprintEditor
          id="update"
          draft={draft}
          store={store}
          format={reading?.format ?? null}
          diagnostics={diagnostics}
          onTyped={typed}
          {...(planned ? { planned } : {})}
          plan={
            <div className="flex flex-col gap-4 overflow-y-auto p-4">
              <ChangeList answer={plan.data} parts={update.parts} />
              <AskedFields
                asked={reading?.asked ?? NOTHING_ASKED}
                format={reading?.format ?? null}
                given={draft.input}
                onValue={(name, value) => draft.change((now) => withVariable(now, name, value))}
                onProfile={(name, on) => draft.change((now) => withProfile(now, name, on))}
              />
              <HostAccessField
                diagnostics={diagnostics}
                allowed={draft.input.hostAccess === true}
                onAllow={(allowed) => draft.change((now) => withHostAccess(now, allowed))}
              />
            </div>
          }
        />
      </DropZone>
    </>
  );
}

'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AskedFields } from '@/components/blueprints/asked-fields.tsx';
import { contextFolders, toWholeRequest, withHostAccess, withProfile, withVariable } from '@/components/blueprints/blueprint-files.ts';
import { DropZone } from '@/components/blueprints/drop-zone.tsx';
import { HostAccessField } from '@/components/blueprints/host-access-field.tsx';
import { OpenMenu } from '@/components/blueprints/open-menu.tsx';
import { useBlueprintDraft } from '@/components/blueprints/use-blueprint-draft.ts';
import { useOpenFiles } from '@/components/blueprints/use-open-files.ts';
import { BlueprintEditor } from '@/components/editor/blueprint-editor.tsx';
import { useEditor } from '@/components/editor/use-editor.ts';
import { usePlan } from '@/components/planner/use-plan.ts';
import { useTRPC, useTRPCClient } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { notify } from '@/components/ui/notify.ts';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import { NOTHING_ASKED } from '@/server/domain/blueprint/asked-values.ts';
import type { BlueprintInput } from '@/server/domain/blueprint/blueprint-input.ts';
import type { Application, Generation } from '@/server/domain/entity/application.ts';
import { BlueprintDiff } from './blueprint-diff.tsx';
import { changedParts } from './changed-parts.ts';

export interface UpdateEditorProps {
  application: Application;
  generation: Pick<Generation, 'text' | 'parts'>;
  onDone: () => void;
  onCancel: () => void;
}

type UpdateRequest = ReturnType<typeof toWholeRequest> & { readonly applicationId: Application['id']; readonly expectedGeneration: number };

/** Writes the next generation. It is refused when somebody else was quicker, and nothing typed is lost by that. */
export function UpdateEditor({ application, generation, onDone, onCancel }: UpdateEditorProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [before] = useState<BlueprintInput>({ text: generation.text, ...generation.parts });
  const [base] = useState(application.generation);
  const [reviewing, setReviewing] = useState(false);
  const draft = useBlueprintDraft(null, before);
  const { input } = draft;
  const replace = (next: BlueprintInput, message: string) => {
    const old = draft.current();
    draft.change(() => next);
    notify.undoable(message, () => draft.change(() => old));
  };
  const opening = useOpenFiles(draft, replace);
  const { reading } = usePlan(input);
  const plan = useQuery(
    trpc.application.planUpdate.queryOptions(
      { applicationId: application.id, ...toWholeRequest(input) },
      { enabled: input.text.trim() !== '', placeholderData: (last) => last },
    ),
  );
  const update = useMutation({
    ...trpc.application.update.mutationOptions(),
    mutationFn: async (request: UpdateRequest) =>
      client.application.update.mutate(await opening.bring(request, contextFolders(plan.data?.plan))),
    onSuccess: onDone,
  });
  const typed = () => {
    opening.forgetError();
    if (update.error) update.reset();
  };
  const store = useEditor(draft, `clocker.places.${application.id}`, typed);
  const diagnostics = plan.data?.diagnostics ?? [];
  const broken = input.text.trim() === '' || plan.isError || diagnostics.some((diagnostic) => diagnostic.severity === 'error');
  const parts = [...changedParts(before, input), ...(opening.hasBinaries ? ['files that are no text were opened'] : [])];
  const same = input.text === before.text && parts.length === 0;
  const error = update.error ?? opening.error ?? plan.error;
  return (
    <div className="flex flex-col gap-3 p-4">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="font-semibold">Generation {base + 1}</h3>
        <span className="flex-1" />
        <Button variant="ghost" onClick={onCancel}>
          Cancel
        </Button>
        <OpenMenu onOpen={opening.open} onStartOver={() => replace(before, `Back at generation ${base}`)} blank={same} />
        <Button disabled={same} onClick={() => setReviewing(!reviewing)}>
          {reviewing ? 'Edit' : 'Review changes'}
        </Button>
        <Button
          variant="primary"
          disabled={broken || same}
          busy={update.isPending}
          onClick={() => update.mutate({ applicationId: application.id, ...toWholeRequest(draft.current()), expectedGeneration: base })}
        >
          Update
        </Button>
      </div>
      {error ? <ErrorState compact error={toErrorView(error)} /> : null}
      {reviewing ? (
        <>
          <BlueprintDiff before={before.text} after={input.text} label="Changes" />
          {parts.length > 0 ? <p className="text-ink-2">Besides: {parts.join('; ')}.</p> : null}
        </>
      ) : (
        <>
          <DropZone onDrop={opening.open}>
            <div className="flex h-[44rem] flex-col overflow-hidden rounded-md border border-line">
              <BlueprintEditor
                id="update"
                draft={draft}
                store={store}
                format={reading?.format ?? null}
                diagnostics={diagnostics}
                onTyped={typed}
              />
            </div>
          </DropZone>
          <AskedFields
            asked={reading?.asked ?? NOTHING_ASKED}
            format={reading?.format ?? null}
            given={input}
            onValue={(name, value) => draft.change((now) => withVariable(now, name, value))}
            onProfile={(name, on) => draft.change((now) => withProfile(now, name, on))}
          />
          <HostAccessField
            diagnostics={diagnostics}
            allowed={input.hostAccess === true}
            onAllow={(allowed) => draft.change((now) => withHostAccess(now, allowed))}
          />
        </>
      )}
    </div>
  );
}

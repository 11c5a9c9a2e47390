'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { changedParts } from '@/components/application/changed-parts.ts';
import { contextFolders, toWholeRequest } from '@/components/blueprints/blueprint-files.ts';
import { useBlueprintDraft } from '@/components/blueprints/use-blueprint-draft.ts';
import { useOpenFiles } from '@/components/blueprints/use-open-files.ts';
import { useEditor } from '@/components/editor/use-editor.ts';
import { usePlan } from '@/components/planner/use-plan.ts';
import { useMay } from '@/components/shell/use-session.ts';
import { useTRPC, useTRPCClient } from '@/components/trpc/trpc.ts';
import { notify } from '@/components/ui/notify.ts';
import { readStored } from '@/components/ui/use-stored-state.ts';
import type { BlueprintInput } from '@/server/domain/blueprint/blueprint-input.ts';
import { type Application, type Generation, KEPT_GENERATIONS } from '@/server/domain/entity/application.ts';

type UpdateRequest = ReturnType<typeof toWholeRequest> & { readonly applicationId: Application['id']; readonly expectedGeneration: number };

/** As far as it is shown to people: secrets are masked. */
export type ShownGeneration = Pick<Generation, 'number' | 'text' | 'parts' | 'plan' | 'reason' | 'createdBy' | 'createdAt'>;

/**
 * The next generation of an application while it is written, kept in the browser until it is deployed. An update is refused when
 * somebody else was quicker, and nothing typed is lost by that.
 */
export function useUpdateDraft(applicationId: Application['id'], base: ShownGeneration, onDeployed: (generation: number) => void) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [before] = useState<BlueprintInput>({ text: base.text, ...base.parts });
  const draft = useBlueprintDraft(draftKey(applicationId, base.number), before);
  const { input } = draft;
  const replace = (next: BlueprintInput, message: string) => {
    const old = draft.current();
    draft.change(() => next);
    notify.undoable(message, () => draft.change(() => old));
  };
  const opening = useOpenFiles(draft, replace);
  const { reading } = usePlan(input);
  const may = useMay('operate');
  const plan = useQuery(
    trpc.application.planUpdate.queryOptions(
      { applicationId, ...toWholeRequest(input) },
      { enabled: may && input.text.trim() !== '', placeholderData: (last) => last, staleTime: 0 },
    ),
  );
  const update = useMutation({
    ...trpc.application.update.mutationOptions(),
    mutationFn: async (request: UpdateRequest) =>
      client.application.update.mutate(await opening.bring(request, contextFolders(plan.data?.plan))),
    onSuccess: ({ generation }) => {
      draft.discard();
      onDeployed(generation);
    },
  });
  const typed = () => {
    opening.forgetError();
    if (update.error) update.reset();
  };
  const store = useEditor(draft, `clocker.places.${applicationId}`, typed);
  const diagnostics = plan.data?.diagnostics ?? [];
  const besides = useMemo(() => changedParts(before, input), [before, input]);
  const parts = [...besides, ...(opening.hasBinaries ? ['files that are no text were opened'] : [])];
  return {
    base,
    before,
    /** Whether to offer what changes the application. */
    may,
    draft,
    store,
    opening,
    reading,
    plan,
    diagnostics,
    /** What is different besides the text, in words. */
    parts,
    isSame: input.text === before.text && parts.length === 0,
    isBroken: input.text.trim() === '' || plan.isError || diagnostics.some(({ severity }) => severity === 'error'),
    isDeploying: update.isPending,
    error: update.error ?? opening.error ?? plan.error,
    typed,
    startOver: () => replace(before, `Back at generation ${base.number}`),
    deploy: () => update.mutate({ applicationId, ...toWholeRequest(draft.current()), expectedGeneration: base.number }),
  };
}

/** Where the browser keeps the draft that was begun with a generation. */
export function draftKey(applicationId: string, generation: number): string {
  return `clocker.draft.${applicationId}.${generation}`;
}

/** That the newest draft in this browser was begun with, which somebody may have overtaken meanwhile; without one, the deployed. */
export function draftedGeneration(applicationId: string, deployed: number): number {
  for (let number = deployed; number > Math.max(0, deployed - KEPT_GENERATIONS); number -= 1) {
    if (readStored(draftKey(applicationId, number)) !== null) return number;
  }
  return deployed;
}

export type UpdateDraft = ReturnType<typeof useUpdateDraft>;

'use client';
import { GitMerge } from 'lucide-react';
import { useState } from 'react';
import { writeDraft } from '@/components/blueprints/use-blueprint-draft.ts';
import { Notice } from '@/components/editor/canvas-notices.tsx';
import { Button } from '@/components/ui/button.tsx';
import { notify } from '@/components/ui/notify.ts';
import type { Application } from '@/server/domain/entity/application.ts';
import { MergeDialog } from './merge-dialog.tsx';
import { mergeParts } from './merge-parts.ts';
import { type MergedPiece, mergeTexts } from './merge-texts.ts';
import { draftKey, type ShownGeneration, type UpdateDraft } from './use-update-draft.ts';

export interface StaleDraftProps {
  application: Application;
  update: UpdateDraft;
  /** That somebody else has deployed since the draft was begun. */
  deployed: ShownGeneration;
  onBase: (generation: number) => void;
}

/** Somebody else was quicker: the draft is merged with what they have deployed, or begun anew. Nothing typed is lost unless that is chosen. */
export function StaleDraft({ application, update, deployed, onBase }: StaleDraftProps) {
  const [conflicting, setConflicting] = useState<{ pieces: readonly MergedPiece[]; theirs: ShownGeneration } | null>(null);
  const { number, createdBy } = deployed;
  const goOn = (text: string, theirs: ShownGeneration) => {
    const parts = mergeParts(update.before, update.draft.current(), theirs.parts ?? {});
    writeDraft(draftKey(application.id, theirs.number), { ...parts, text });
    update.draft.discard();
    onBase(theirs.number);
    notify.done('Merged', `The draft goes on from generation ${theirs.number}. Look at what it changes before it is deployed.`);
  };
  const merge = () => {
    const pieces = mergeTexts(update.before.text, update.draft.current().text, deployed.text);
    if (pieces.some(({ kind }) => kind === 'conflict')) return setConflicting({ pieces, theirs: deployed });
    goOn(pieces.flatMap((piece) => (piece.kind === 'text' ? piece.text : [])).join(''), deployed);
  };
  return (
    <div className="border-b border-line p-2">
      <Notice tone="warn" icon={<GitMerge aria-hidden />}>
        <span className="flex flex-wrap items-center gap-2">
          {createdBy} has deployed generation {number} since this draft was begun: it cannot be deployed as it is.
          <Button onClick={merge} disabled={number !== application.generation}>
            Merge with generation {number}
          </Button>
          <Button
            variant="danger-ghost"
            onClick={() => {
              update.draft.discard();
              onBase(application.generation);
            }}
          >
            Discard the draft
          </Button>
        </span>
      </Notice>
      {conflicting ? (
        <MergeDialog
          pieces={conflicting.pieces}
          by={conflicting.theirs.createdBy}
          generation={conflicting.theirs.number}
          onMerged={(text) => goOn(text, conflicting.theirs)}
          onClose={() => setConflicting(null)}
        />
      ) : null}
    </div>
  );
}

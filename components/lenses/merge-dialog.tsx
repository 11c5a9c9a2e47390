'use client';
import { useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import { Segments } from '@/components/ui/segments.tsx';
import type { MergedPiece } from './merge-texts.ts';

type Choice = 'mine' | 'theirs' | 'both';

const CHOICES = [
  { value: 'mine', label: 'Mine' },
  { value: 'theirs', label: 'Theirs' },
  { value: 'both', label: 'Both' },
] as const;

export interface MergeDialogProps {
  pieces: readonly MergedPiece[];
  /** Who deployed the other version, and which it is. */
  by: string;
  generation: number;
  onMerged: (text: string) => void;
  onClose: () => void;
}

/** Where two have changed the same lines: what they were, what each has made of them, and which is taken. */
export function MergeDialog({ pieces, by, generation, onMerged, onClose }: MergeDialogProps) {
  const [choices, setChoices] = useState<ReadonlyMap<number, Choice>>(new Map());
  const conflicts = pieces.flatMap((piece, index) => (piece.kind === 'conflict' ? [{ ...piece, index }] : []));
  const open = conflicts.filter(({ index }) => !choices.has(index)).length;
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      title={`Merge with generation ${generation}`}
      description={`${by} and this draft have changed the same lines at ${formatCount(conflicts.length, 'place')}. All else is merged already.`}
      className="max-w-4xl"
      footer={
        <>
          <span className="flex-1 text-sm text-ink-2">{open === 0 ? '' : `${formatCount(open, 'place')} to decide`}</span>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={open > 0} onClick={() => onMerged(mergedText(pieces, choices))}>
            Take over
          </Button>
        </>
      }
    >
      <ol className="flex flex-col gap-4">
        {conflicts.map(({ index, before, mine, theirs }, at) => (
          <li key={index} className="rounded-md border border-line">
            <div className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
              <span className="flex-1 text-sm font-medium">
                {at + 1} of {conflicts.length}
              </span>
              <Segments<Choice>
                label={`What is taken at place ${at + 1}`}
                value={choices.get(index)}
                options={CHOICES}
                onChange={(choice) => setChoices(new Map(choices).set(index, choice))}
              />
            </div>
            <div className="grid grid-cols-3 gap-px bg-line max-md:grid-cols-1">
              <Version title="Mine" text={mine} />
              <Version title="Before" text={before} />
              <Version title={`Theirs, ${by}`} text={theirs} />
            </div>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}

function Version({ title, text }: { title: string; text: string }) {
  return (
    <div className="min-w-0 bg-surface p-2">
      <h3 className="pb-1 text-xs text-ink-3">{title}</h3>
      <pre className="overflow-x-auto font-mono text-xs">{text === '' ? <span className="text-ink-3">nothing</span> : text}</pre>
    </div>
  );
}

/** What is not decided stays mine. */
function mergedText(pieces: readonly MergedPiece[], choices: ReadonlyMap<number, Choice>): string {
  return pieces
    .map((piece, index) => {
      if (piece.kind === 'text') return piece.text;
      const choice = choices.get(index) ?? 'mine';
      return choice === 'both' ? withEnd(piece.theirs) + piece.mine : piece[choice];
    })
    .join('');
}

function withEnd(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

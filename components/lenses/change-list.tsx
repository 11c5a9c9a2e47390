'use client';
import { PlacementPreview } from '@/components/blueprints/placement-preview.tsx';
import type { PlanAnswer } from '@/components/blueprints/plan-preview.tsx';
import { EFFECT_LOOKS } from '@/components/canvas/effect-looks.ts';
import { useRecords } from '@/components/live/use-live.ts';
import { cx } from '@/components/ui/cx.ts';
import type { PreviewedChange } from '@/server/engine/queries/preview-update.ts';

export interface ChangeListProps {
  answer: PlanAnswer | undefined;
  /** What is different besides the text, in words. */
  parts: readonly string[];
  onChoose?: (path: string) => void;
}

/** What a deploy would do to what runs, and where new containers would go. */
export function ChangeList({ answer, parts, onChoose }: ChangeListProps) {
  const hosts = useRecords('host');
  const changes = answer?.changes ?? [];
  if (!answer) return null;
  return (
    <>
      <section aria-label="Changes">
        <h2 className="pb-1 font-medium">What it changes</h2>
        {changes.length === 0 && parts.length === 0 ? (
          <p className="text-ink-2">Nothing that runs would change.</p>
        ) : (
          <ul className="rounded-md border border-line bg-surface">
            {changes.map((change) => (
              <li key={`${change.path} ${change.entityId ?? ''}`} className="border-b border-line last:border-b-0">
                <button
                  type="button"
                  disabled={!onChoose}
                  onClick={() => onChoose?.(change.path)}
                  className="flex min-h-8 w-full items-center gap-2 px-3 text-left enabled:hover:bg-hover"
                >
                  <Effect change={change} />
                </button>
              </li>
            ))}
          </ul>
        )}
        {parts.length > 0 ? <p className="pt-1 text-sm text-ink-2">Besides the text: {parts.join('; ')}.</p> : null}
      </section>
      {answer.placement && answer.placement.length > 0 ? <PlacementPreview decisions={answer.placement} hosts={hosts} /> : null}
    </>
  );
}

function Effect({ change: { effect, name, sizes } }: { change: PreviewedChange }) {
  const { icon: Icon, text } = EFFECT_LOOKS[effect];
  return (
    <>
      <Icon aria-hidden className={cx('size-3.5 shrink-0', text)} />
      <span className="min-w-0 flex-1 truncate">{name}</span>
      <span className={cx('shrink-0 text-sm', text)}>{sizes ? `${sizes.from} → ${sizes.to} members` : EFFECT_WORDS[effect]}</span>
    </>
  );
}

const EFFECT_WORDS: Readonly<Record<PreviewedChange['effect'], string>> = {
  added: 'added',
  removed: 'removed, volumes stay',
  restarted: 'restarted',
  changed: 'changed in place',
  resized: 'resized',
};

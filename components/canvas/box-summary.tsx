'use client';
import { StateIcon } from '@/components/ui/state-badge.tsx';
import { TONE_LOOKS, TONE_ORDER } from '@/components/ui/state-look.ts';
import { describeTones, TONE_WORDS } from './container-look.ts';
import { useToneCounts } from './use-tones.ts';

/** In flow units. */
const LARGEST = 144;
const PADDING = 24;
const LINE_HEIGHT = 1.15;

export interface BoxSummaryProps {
  instanceIds: readonly string[];
  /** Of the box, in flow units. */
  height: number;
}

/** A box from afar: how many of its containers are in which state, the worst first, large enough to be read there. */
export function BoxSummary({ instanceIds, height }: BoxSummaryProps) {
  const counts = useToneCounts(instanceIds);
  const lines = Math.max(1, counts.filter((count) => count > 0).length);
  const size = Math.min(LARGEST, (height - PADDING) / lines / LINE_HEIGHT);
  return (
    <div
      className="flex h-full flex-col items-center justify-center leading-[1.15] font-semibold text-ink tabular"
      style={{ fontSize: size }}
      title={describeTones(counts)}
    >
      {TONE_ORDER.map((tone, at) =>
        (counts[at] ?? 0) === 0 ? null : (
          <span key={tone} className="flex items-center gap-[.2em]">
            <StateIcon look={TONE_LOOKS[tone]} className="size-[.9em]" />
            {counts[at]} <span className="sr-only">{TONE_WORDS[tone]}</span>
          </span>
        ),
      )}
    </div>
  );
}

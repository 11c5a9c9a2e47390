import { TONE_TEXT } from '@/components/ui/state-badge.tsx';
import type { Tone } from '@/components/ui/state-look.ts';

export interface DotShape {
  /** An SVG path from -1 to 1. */
  readonly path: string;
  readonly isFilled: boolean;
}

/** A state has a shape as well as a colour. */
export const DOT_SHAPES: Readonly<Record<Tone, DotShape>> = {
  ok: { path: 'M-.8 0a.8 .8 0 1 0 1.6 0a.8 .8 0 1 0 -1.6 0z', isFilled: true },
  bad: { path: 'M-1 -1H1V1H-1z', isFilled: true },
  warn: { path: 'M0 -1L1 .85H-1z', isFilled: true },
  busy: { path: 'M-.7 0a.7 .7 0 1 0 1.4 0a.7 .7 0 1 0 -1.4 0z', isFilled: false },
  off: { path: 'M-.7 0H.7', isFilled: false },
  unknown: { path: 'M-.75 -.75L.75 .75M.75 -.75L-.75 .75', isFilled: false },
};

/** Of a line, in the same unit. */
export const DOT_STROKE = 0.5;

/** The dot of a state, as in the legend. */
export function Dot({ tone }: { tone: Tone }) {
  const { path, isFilled } = DOT_SHAPES[tone];
  return (
    <svg viewBox="-1.25 -1.25 2.5 2.5" aria-hidden="true" className={`size-3 shrink-0 ${TONE_TEXT[tone]}`}>
      <path d={path} fill={isFilled ? 'currentColor' : 'none'} stroke={isFilled ? 'none' : 'currentColor'} strokeWidth={DOT_STROKE} />
    </svg>
  );
}

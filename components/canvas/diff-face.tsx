import { CircleDot, Unplug } from 'lucide-react';
import type { DrawnPart } from '@/components/editor/blueprint-picture.ts';
import { PartIcon } from '@/components/editor/part-icon.tsx';
import { cx } from '@/components/ui/cx.ts';
import { EFFECT_LOOKS } from './effect-looks.ts';
import type { PartFace } from './part-face.ts';

/** A part with what a deploy would do to it, and in what the world is not as written. */
export function DiffFace({ part, face, far }: { part: DrawnPart; face: Extract<PartFace, { kind: 'diff' }>; far: boolean }) {
  const look = face.effect === null ? null : EFFECT_LOOKS[face.effect];
  const Icon = look?.icon ?? CircleDot;
  const isFlat = part.look === 'adjunct';
  const drift = face.drift === '' ? null : face.drift;
  return (
    <div className={cx('flex items-center gap-2 px-2.5', isFlat ? 'h-8' : part.look === 'entity' ? 'h-13' : 'h-10')}>
      {look ? (
        <Icon aria-hidden className={cx('shrink-0', far ? 'size-6' : 'size-4', look.text)} />
      ) : (
        <PartIcon name={part.icon} className={cx('shrink-0 text-ink-3', far ? 'size-6' : 'size-4')} />
      )}
      {far ? null : (
        <span className="min-w-0 flex-1">
          <span className={cx('block truncate text-sm font-medium', face.effect === 'removed' && 'line-through')}>{part.title}</span>
          {isFlat && face.effect === null ? null : (
            <span className={cx('block truncate text-2xs', look ? look.text : 'text-ink-3')}>{face.note}</span>
          )}
        </span>
      )}
      {drift === null ? null : (
        <span role="img" aria-label={`differs: ${drift}`} title={drift} className="shrink-0 text-warn">
          <Unplug aria-hidden className={far ? 'size-6' : 'size-4'} />
        </span>
      )}
    </div>
  );
}

'use client';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { CircleAlert, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import type { DrawnPart } from '@/components/editor/blueprint-picture.ts';
import { PartIcon } from '@/components/editor/part-icon.tsx';
import { cx } from '@/components/ui/cx.ts';
import { DiffFace } from './diff-face.tsx';
import { EFFECT_LOOKS } from './effect-looks.ts';
import { LiveFace } from './live-face.tsx';
import { NodeActs } from './node-acts.tsx';
import type { PartFace } from './part-face.ts';
import { useFar } from './use-far.ts';

export interface PartData extends Record<string, unknown> {
  readonly part: DrawnPart;
  readonly worst: 'error' | 'warning' | null;
  readonly hue: string | null;
  /** What a lens shows on it; null as it is drawn. */
  readonly face: PartFace | null;
}

const LOOKS: Readonly<Record<DrawnPart['look'], string>> = {
  entity: 'rounded-md border-line-strong bg-raised',
  adjunct: 'rounded-md border-line bg-sunken',
  network: 'rounded-full border-2 bg-surface',
  storage: 'rounded-md border-dashed border-line-strong bg-surface',
  location: 'rounded-full border-line-strong bg-sunken',
};
const GRIP =
  'size-3! border-line-strong! bg-raised! opacity-0 transition-opacity group-hover:opacity-100 group-focus-within:opacity-100 [.connecting_&]:opacity-100';

/** A part of a blueprint: what it is, what it is called, and whether something is wrong with it. */
export const PartNode = memo(function PartNode({ data, selected, isConnectable }: NodeProps) {
  const far = useFar();
  const { part, worst, hue, face } = toPartData(data);
  return (
    <div
      title={part.note}
      style={hue === null ? undefined : { borderColor: hue }}
      className={cx(
        'group relative h-full border leading-tight',
        LOOKS[part.look],
        part.isBox && 'bg-surface!',
        (part.planned || isNotThere(face)) && 'border-dashed!',
        face?.kind === 'diff' && face.effect !== null && EFFECT_LOOKS[face.effect].border,
        selected ? 'ring-2 ring-accent' : worst === 'error' && 'border-bad!',
      )}
    >
      {face === null ? (
        <Drawn part={part} worst={worst} far={far} />
      ) : face.kind === 'live' ? (
        <LiveFace part={part} face={face} far={far} />
      ) : (
        <DiffFace part={part} face={face} far={far} />
      )}
      {face?.kind === 'live' && !face.isEach && selected ? <NodeActs entityId={face.entityIds[0]} /> : null}
      <Handle type="target" position={Position.Left} className={isConnectable ? GRIP : 'opacity-0!'} title="Drop a wire here" />
      <Handle
        type="source"
        position={Position.Right}
        className={isConnectable ? GRIP : 'opacity-0!'}
        title="Pull a wire to what reads a sensor of this, or to a network"
      />
    </div>
  );
});

function Drawn({ part, worst, far }: Pick<PartData, 'part' | 'worst'> & { far: boolean }) {
  const isFlat = part.look === 'adjunct';
  const Worst = worst === 'error' ? CircleAlert : TriangleAlert;
  return (
    <div className={cx('flex items-center gap-2 px-2.5', part.isBox || !isFlat ? 'py-2' : 'h-full', !part.isBox && 'h-full')}>
      <PartIcon name={part.icon} className={cx('shrink-0 text-ink-3', far ? 'size-6' : 'size-4')} />
      {far ? null : (
        <span className="min-w-0 flex-1">
          <span className="block truncate text-sm font-medium">{part.title}</span>
          {isFlat ? null : <span className="block truncate font-mono text-2xs text-ink-3">{part.note}</span>}
        </span>
      )}
      {part.planned && !far ? <span className="rounded-sm bg-off-soft px-1 text-2xs text-ink-2">planned</span> : null}
      {worst === null ? null : (
        <Worst aria-label={worst} className={cx('shrink-0', far ? 'size-6' : 'size-4', worst === 'error' ? 'text-bad' : 'text-warn')} />
      )}
    </div>
  );
}

function isNotThere(face: PartFace | null): boolean {
  return face?.kind === 'live' && face.entityIds.length === 0;
}

/** React Flow gives back what it was given. */
function toPartData(data: Record<string, unknown>): PartData {
  return data as PartData;
}

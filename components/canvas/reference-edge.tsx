'use client';
import { BaseEdge, EdgeLabelRenderer, type EdgeProps, useInternalNode } from '@xyflow/react';
import { borderPoint } from './border-point.ts';
import { boxOf, centreOf } from './flow-box.ts';

/** A thin line from who uses to who is used, with a dot at the used end; lit, it names the sensors. */
export function ReferenceEdge({ id, source, target, style, data }: EdgeProps) {
  const from = boxOf(useInternalNode(source));
  const to = boxOf(useInternalNode(target));
  if (!from || !to) return null;
  const start = borderPoint(from, centreOf(to));
  const end = borderPoint(to, centreOf(from));
  const label = typeof data?.label === 'string' ? data.label : '';
  return (
    <>
      <BaseEdge id={id} path={`M${start.x},${start.y}L${end.x},${end.y}`} {...(style ? { style } : {})} />
      <circle cx={end.x} cy={end.y} r={3} fill={String(style?.stroke ?? 'currentColor')} />
      {data?.lit === true && label !== '' ? (
        <EdgeLabelRenderer>
          <span
            className="pointer-events-none absolute rounded-sm border border-line bg-raised px-1.5 py-0.5 text-2xs text-ink-2"
            style={{ transform: `translate(-50%, -50%) translate(${(start.x + end.x) / 2}px, ${(start.y + end.y) / 2}px)` }}
          >
            {label}
          </span>
        </EdgeLabelRenderer>
      ) : null}
    </>
  );
}

'use client';
import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getBezierPath } from '@xyflow/react';

/** A thin arrow from who uses to who is used; lit, it names the sensors. */
export function ReferenceEdge({ id, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, style, data }: EdgeProps) {
  const [path, labelX, labelY] = getBezierPath({ sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition });
  const label = typeof data?.label === 'string' ? data.label : '';
  return (
    <>
      <BaseEdge id={id} path={path} {...(style ? { style } : {})} />
      <circle cx={targetX} cy={targetY} r={2.5} fill={String(style?.stroke ?? 'currentColor')} />
      {data?.lit === true && label !== '' ? (
        <EdgeLabelRenderer>
          <span
            className="pointer-events-none absolute rounded-sm border border-line bg-raised px-1.5 py-0.5 text-2xs text-ink-2"
            style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}
          >
            {label}
          </span>
        </EdgeLabelRenderer>
      ) : null}
    </>
  );
}

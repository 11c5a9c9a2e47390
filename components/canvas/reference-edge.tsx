'use client';
import { BaseEdge, EdgeLabelRenderer, type EdgeProps, type InternalNode, useInternalNode } from '@xyflow/react';
import type { Point, Size } from '../topology/topology-layout.ts';
import { borderPoint } from './border-point.ts';

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

function boxOf(node: InternalNode | undefined): (Point & Size) | null {
  if (!node) return null;
  const { x, y } = node.internals.positionAbsolute;
  return { x, y, width: node.measured.width ?? node.width ?? 0, height: node.measured.height ?? node.height ?? 0 };
}

function centreOf(box: Point & Size): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

'use client';
import { BaseEdge, EdgeLabelRenderer, type EdgeProps, type InternalNode, useInternalNode } from '@xyflow/react';
import { boxOf } from './flow-box.ts';
import { membershipPath } from './membership-path.ts';

/** The line of a container, or of a box, into a network: beside the chips and then straight into the lane. */
export function MembershipEdge({ id, source, target, style, data }: EdgeProps) {
  const from = useInternalNode(source);
  const to = useInternalNode(target);
  const chip = boxOf(from);
  const lane = boxOf(to);
  if (!chip || !lane) return null;
  const side = from?.type !== 'container' ? null : from.position.x < chip.width ? 'left' : 'right';
  const { path, end } = membershipPath({
    from: chip,
    to: lane,
    side,
    isLane: isLane(to),
    track: typeof data?.track === 'number' ? data.track : 1,
  });
  const label = typeof data?.label === 'string' ? data.label : '';
  return (
    <>
      <BaseEdge id={id} path={path} interactionWidth={12} {...(style ? { style } : {})} />
      <circle cx={end.x} cy={end.y} r={3.5} fill={String(style?.stroke ?? 'currentColor')} opacity={style?.opacity} />
      {label === '' ? null : (
        <EdgeLabelRenderer>
          <span
            className="pointer-events-none absolute rounded-sm border border-line bg-raised px-1 text-2xs text-ink-2 tabular"
            style={{ transform: `translate(-50%, -50%) translate(${end.x}px, ${end.y - 12}px)` }}
          >
            {label}
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  );
}

function isLane(node: InternalNode | undefined): boolean {
  return node?.type === 'lane' || node?.type === 'lan';
}

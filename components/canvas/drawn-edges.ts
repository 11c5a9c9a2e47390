import type { Edge } from '@xyflow/react';
import { hueOf } from '../topology/network-trace.ts';
import type { FlowEdge } from './membership-edges.ts';

/** The way between two containers, as far as it was tried. */
export interface DrawnWay {
  /** Ids of what it passes: containers, their network, their hosts. */
  readonly ids: readonly string[];
  readonly isOpen: boolean;
}

export interface EdgeLight {
  readonly hovered: string | null;
  readonly near: ReadonlySet<string>;
  readonly selected: string;
  readonly way: DrawnWay | null;
}

/** An edge in its colours: what is hovered, chosen or passed stands out, the rest steps back. */
export function toFlowEdge(edge: FlowEdge, { hovered, near, selected, way }: EdgeLight): Edge {
  const isPassed = way?.ids.includes(edge.source) === true && way.ids.includes(edge.target);
  const isChosen = edge.id === selected;
  const lit = isPassed || isChosen || (hovered !== null && (edge.source === hovered || edge.target === hovered));
  const dim = (hovered !== null || way !== null) && !lit;
  const common = { id: edge.id, source: edge.source, target: edge.target, deletable: false, focusable: false };
  if (edge.kind === 'reference') {
    const stroke = lit ? 'var(--accent)' : 'var(--ink-3)';
    const opacity = dim ? 0.1 : near.size > 0 ? 1 : 0.55;
    return {
      ...common,
      type: 'reference',
      zIndex: lit ? 20 : 10,
      data: { label: edge.label, lit },
      style: { stroke, strokeWidth: lit ? 1.75 : 1, opacity },
    };
  }
  const { trace } = edge;
  const color = trace ? hueOf(trace) : 'var(--ink-3)';
  // What comes from a box lies below other boxes and lanes, what comes from a chip runs beside the chips over them.
  const zIndex = edge.kind === 'membership' ? 5 : 0;
  return {
    ...common,
    type: 'membership',
    zIndex: lit ? 15 : zIndex,
    data: { label: edge.label, track: trace?.track ?? 1 },
    style: {
      stroke: isPassed ? (way.isOpen ? 'var(--ok)' : 'var(--bad)') : isChosen ? 'var(--accent)' : color,
      ...(trace && trace.dash !== '' ? { strokeDasharray: trace.dash } : {}),
      strokeWidth: isPassed || isChosen ? 3 : edge.kind === 'bundle' ? 2.5 : 1.5,
      opacity: dim ? 0.15 : lit ? 1 : 0.75,
    },
  };
}

/** What is hovered and all that is joined to it. */
export function neighbours(edges: readonly FlowEdge[], hovered: string | null): ReadonlySet<string> {
  if (hovered === null) return new Set();
  return new Set(
    edges.flatMap((edge) => (edge.source === hovered || edge.target === hovered ? [edge.source, edge.target] : [])).concat(hovered),
  );
}

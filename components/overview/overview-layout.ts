import type { Point, Size } from '../topology/topology-layout.ts';

/** Dots in a row of a cell, at least: more where a cell holds so many that it would become a tower. */
const COLUMNS = 8;
const PAD = 6;
const GAP = 8;
const HEADER = 20;
/** Pixels from dot to dot: at its largest, at its smallest, and from which a cell has room for its name. */
const PITCH = { full: 14, least: 4, named: 9 } as const;

export interface CellPlace extends Point, Size {
  readonly id: string;
  readonly dots: number;
}

export interface OverviewLayout extends Size {
  /** Pixels from dot to dot. */
  readonly pitch: number;
  /** Dots in a row of a cell. */
  readonly columns: number;
  /** Cells have room for a name. */
  readonly isNamed: boolean;
  readonly cells: readonly CellPlace[];
}

export interface OverviewInput {
  /** In their order, which does not depend on what is in them. */
  readonly boxes: readonly { readonly id: string; readonly dots: number }[];
  /** Of the pane, in pixels. */
  readonly pane: Size;
  readonly scale: 'fit' | 'full';
}

/** Cells in rows as wide as the pane: as large as they can be with all in sight, or at full size, to be scrolled. */
export function layoutOverview({ boxes, pane, scale }: OverviewInput): OverviewLayout {
  const columns = Math.max(COLUMNS, Math.ceil(Math.sqrt(Math.max(0, ...boxes.map(({ dots }) => dots)))));
  for (let pitch: number = PITCH.full; pitch > PITCH.least && scale === 'fit'; pitch -= 0.5) {
    const layout = layoutAt(boxes, pane.width, { pitch, columns });
    if (layout.height <= pane.height && layout.width <= pane.width) return layout;
  }
  return layoutAt(boxes, pane.width, { pitch: scale === 'fit' ? PITCH.least : PITCH.full, columns });
}

/** Centre of a dot, from the corner of its cell. */
export function dotPlace({ pitch, columns, isNamed }: Pick<OverviewLayout, 'pitch' | 'columns' | 'isNamed'>, n: number): Point {
  return {
    x: PAD + ((n % columns) + 0.5) * pitch,
    y: (isNamed ? HEADER : PAD) + (Math.floor(n / columns) + 0.5) * pitch,
  };
}

function layoutAt(
  boxes: OverviewInput['boxes'],
  width: number,
  { pitch, columns }: Pick<OverviewLayout, 'pitch' | 'columns'>,
): OverviewLayout {
  const isNamed = pitch >= PITCH.named;
  const cellWidth = columns * pitch + 2 * PAD;
  const perRow = Math.max(1, Math.floor((width - GAP) / (cellWidth + GAP)));
  const cells: CellPlace[] = [];
  let y = GAP;
  for (let from = 0; from < boxes.length; from += perRow) {
    const row = boxes.slice(from, from + perRow);
    const dotRows = Math.max(1, ...row.map(({ dots }) => Math.ceil(dots / columns)));
    const height = (isNamed ? HEADER : PAD) + dotRows * pitch + PAD;
    cells.push(...row.map(({ id, dots }, at) => ({ id, dots, x: GAP + at * (cellWidth + GAP), y, width: cellWidth, height })));
    y += height + GAP;
  }
  return { width: Math.max(width, cellWidth + 2 * GAP), height: y, pitch, columns, isNamed, cells };
}

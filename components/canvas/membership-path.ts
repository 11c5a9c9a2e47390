import { HOST, type Point, type Size } from '../topology/topology-layout.ts';
import { borderPoint } from './border-point.ts';

/** Between the tracks beside a column of chips; three of them lie in the padding of a box. */
const TRACK = HOST.padding / 4;

export interface MembershipLine {
  readonly from: Point & Size;
  readonly to: Point & Size;
  /** Where a chip's line leaves it; a box's leaves at its bottom or top. */
  readonly side: 'left' | 'right' | null;
  readonly isLane: boolean;
  /** 0 to 2, so that lines of several networks do not lie on one another. */
  readonly track: number;
}

/** An SVG path, and where it ends. Lines into a lane run up or down; those into a box are straight. */
export function membershipPath({ from, to, side, isLane, track }: MembershipLine): { readonly path: string; readonly end: Point } {
  const middle = from.y + from.height / 2;
  if (!isLane) {
    const start = borderPoint(from, { x: to.x + to.width / 2, y: to.y + to.height / 2 });
    const end = borderPoint(to, { x: from.x + from.width / 2, y: middle });
    return { path: `M${start.x},${start.y}L${end.x},${end.y}`, end };
  }
  const isBelow = to.y > middle;
  const y = isBelow ? to.y : to.y + to.height;
  const offset = TRACK * (track + 1);
  if (side === null) {
    const x = within(to, from.x + from.width / 2 + (track - 1) * TRACK * 2);
    return { path: `M${x},${isBelow ? from.y + from.height : from.y}V${y}`, end: { x, y } };
  }
  const edge = side === 'left' ? from.x : from.x + from.width;
  const x = side === 'left' ? edge - offset : edge + offset;
  return { path: `M${edge},${middle}H${x}V${y}`, end: { x, y } };
}

function within({ x, width }: Point & Size, value: number): number {
  return Math.min(x + width - 8, Math.max(x + 8, value));
}

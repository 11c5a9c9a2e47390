export interface SparkPoint {
  readonly at: number;
  readonly value: number;
}

export interface SparkBox {
  readonly width: number;
  readonly height: number;
  /** Value at the top edge; the largest value where it is not given. */
  readonly max?: number;
  /** Value at the bottom edge, 0 by default. */
  readonly min?: number;
}

/** SVG path of a line through `points` (oldest first) that fills the box; empty for fewer than two points. */
export function sparklinePath(points: readonly SparkPoint[], box: SparkBox): string {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || points.length < 2) return '';
  const min = box.min ?? 0;
  const top = box.max ?? Math.max(...points.map((point) => point.value));
  const span = top - min || 1;
  const time = last.at - first.at || 1;
  return points
    .map((point, index) => {
      const x = ((point.at - first.at) / time) * box.width;
      const share = Math.min(1, Math.max(0, (point.value - min) / span));
      return `${index === 0 ? 'M' : 'L'}${round(x)} ${round(box.height - 1 - share * (box.height - 2))}`;
    })
    .join('');
}

function round(value: number): string {
  return (Math.round(value * 10) / 10).toString();
}

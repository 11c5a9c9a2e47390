/** Characters across and down, each 1 to 500. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

const LARGEST = 500;

/** The nearest size that a terminal may have; what is no number becomes 80 by 24. */
export function toTerminalSize({ columns, rows }: TerminalSize): TerminalSize {
  return { columns: clamp(columns, 80), rows: clamp(rows, 24) };
}

function clamp(value: number, otherwise: number): number {
  if (!Number.isFinite(value)) return otherwise;
  return Math.min(LARGEST, Math.max(1, Math.trunc(value)));
}

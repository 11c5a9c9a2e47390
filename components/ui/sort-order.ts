/** By which column rows are sorted; as text in the URL `name`, downwards `-name`. */
export interface SortOrder<Column extends string> {
  readonly column: Column;
  readonly isDown: boolean;
}

/** Null for a text that names none of the columns. */
export function readSort<Column extends string>(text: string, columns: readonly Column[]): SortOrder<Column> | null {
  const isDown = text.startsWith('-');
  const column = columns.find((one) => one === (isDown ? text.slice(1) : text));
  return column === undefined ? null : { column, isDown };
}

/** What the next press of a column's head asks for: one way, the other way, as they came. `downFirst`: where the largest are looked for. */
export function nextSort(current: string, column: string, downFirst: boolean): string {
  const [first, second] = downFirst ? [`-${column}`, column] : [column, `-${column}`];
  if (current === first) return second;
  return current === second ? '' : first;
}

export type SortKey = string | number | null;

/** Rows that have no key come last either way; those with the same stay as they came. */
export function sortBy<Row>(rows: readonly Row[], keyOf: (row: Row) => SortKey, isDown: boolean): readonly Row[] {
  const keyed = rows.map((row) => ({ row, key: keyOf(row) }));
  return keyed
    .sort((a, b) => {
      if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
      const order =
        typeof a.key === 'number' && typeof b.key === 'number'
          ? a.key - b.key
          : String(a.key).localeCompare(String(b.key), 'en', { numeric: true });
      return isDown ? -order : order;
    })
    .map(({ row }) => row);
}

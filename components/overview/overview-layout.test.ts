import { expect, it } from 'vitest';
import { dotPlace, layoutOverview } from './overview-layout.ts';

const pane = { width: 1_000, height: 700 };
const boxes = (count: number, dots = 32) => Array.from({ length: count }, (_, n) => ({ id: `h${n}`, dots }));

it('shows ten thousand containers without scrolling, and few at full size', () => {
  const many = layoutOverview({ boxes: boxes(313), pane, scale: 'fit' });
  expect(many.height).toBeLessThanOrEqual(pane.height);
  expect(many.cells).toHaveLength(313);
  expect(layoutOverview({ boxes: boxes(4), pane, scale: 'fit' })).toEqual(layoutOverview({ boxes: boxes(4), pane, scale: 'full' }));
});

it('lets no cell lie on another nor a dot outside of its cell', () => {
  const mixed = [
    ...boxes(3, 90),
    ...boxes(30, 0).map(({ id }) => ({ id: `e${id}`, dots: 0 })),
    ...boxes(5, 9).map(({ id }) => ({ id: `s${id}`, dots: 9 })),
  ];
  for (const scale of ['fit', 'full'] as const) {
    const layout = layoutOverview({ boxes: mixed, pane: { width: 390, height: 600 }, scale });
    for (const [at, cell] of layout.cells.entries()) {
      const last = dotPlace(layout, Math.max(0, cell.dots - 1));
      expect(last.y + layout.pitch / 2).toBeLessThanOrEqual(cell.height);
      expect(cell.x + cell.width).toBeLessThanOrEqual(layout.width);
      for (const other of layout.cells.slice(at + 1)) {
        expect(cell.x + cell.width <= other.x || other.x + other.width <= cell.x || cell.y + cell.height <= other.y).toBe(true);
      }
    }
  }
});

it('keeps all cells in their places while another host comes', () => {
  const before = layoutOverview({ boxes: boxes(20), pane, scale: 'full' });
  const after = layoutOverview({ boxes: boxes(21), pane, scale: 'full' });
  expect(after.cells.slice(0, 20)).toEqual(before.cells);
});

it('makes no tower of a box that holds everything', () => {
  const { cells } = layoutOverview({ boxes: boxes(1, 10_000), pane, scale: 'fit' });
  expect(cells[0]?.height).toBeLessThanOrEqual(pane.height);
});

import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useRowKeys } from './use-row-keys.ts';

const ROWS = ['a', 'b'];

beforeEach(() => {
  vi.stubGlobal('CSS', { escape: (text: string) => text });
  Element.prototype.scrollIntoView = vi.fn();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Rows({ onOpen, onChoose }: { onOpen: (id: string) => void; onChoose?: (id: string) => void }) {
  const selected = useRowKeys(ROWS, onOpen, onChoose);
  return (
    <>
      <input aria-label="Filter" />
      {ROWS.map((id) => (
        <p key={id} data-row={id}>
          {id === selected ? `> ${id}` : id}
        </p>
      ))}
    </>
  );
}

it('walks the rows with j and k and opens one with Enter', () => {
  const onOpen = vi.fn();
  render(<Rows onOpen={onOpen} />);
  for (const key of ['j', 'j', 'j', 'k', 'Enter']) fireEvent.keyDown(document.body, { key });
  expect(screen.getByText('> a')).toBeDefined();
  expect(onOpen).toHaveBeenCalledWith('a');
});

it('chooses the row that it has come to with x', () => {
  const onChoose = vi.fn();
  render(<Rows onOpen={vi.fn()} onChoose={onChoose} />);
  for (const key of ['x', 'j', 'j', 'x']) fireEvent.keyDown(document.body, { key });
  expect(onChoose.mock.calls).toEqual([['b']]);
});

it('leaves the letters to a field that is typed in', () => {
  render(<Rows onOpen={vi.fn()} />);
  fireEvent.keyDown(screen.getByLabelText('Filter'), { key: 'j' });
  expect(screen.queryByText('> a')).toBeNull();
});

import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { BlueprintInput } from '@/server/domain/blueprint/blueprint-input.ts';
import type { Diagnostic } from '@/server/domain/blueprint/diagnostic.ts';
import { FileTabs, type FileTabsProps } from './file-tabs.tsx';

afterEach(cleanup);

const INPUT: BlueprintInput = {
  text: 'main',
  file: 'shop/compose.yaml',
  files: { '.env': 'A=b', 'prod.yaml': 'prod' },
  overlays: ['prod.yaml'],
};
const found = (severity: Diagnostic['severity'], file?: string): Diagnostic => ({
  ...{ code: 'yaml-syntax', severity, message: 'wrong', line: 1, column: 1, path: '' },
  ...(file === undefined ? {} : { file }),
});

function show(props: Partial<FileTabsProps> = {}) {
  const acts = { onOpen: vi.fn(), onMain: vi.fn(), onOverlay: vi.fn(), onRename: vi.fn(), onRemove: vi.fn() };
  render(
    <FileTabs input={INPUT} open={null} diagnostics={[]} merges {...acts} {...props}>
      content
    </FileTabs>,
  );
  return acts;
}

it('shows the main file first, then what is merged over it, then the rest', () => {
  show();
  expect(screen.getAllByRole('tab').map((tab) => tab.textContent)).toEqual(['compose.yaml', 'prod.yaml, merged', '.env']);
  expect(screen.getByRole('tab', { selected: true }).textContent).toBe('compose.yaml');
});

it('marks the file in which something was found', () => {
  show({ diagnostics: [found('warning'), found('warning', 'prod.yaml'), found('error', 'prod.yaml')] });
  expect(screen.getAllByRole('tab').map((tab) => tab.textContent)).toEqual([
    'compose.yaml, has warnings',
    'prod.yaml, merged, has errors',
    '.env',
  ]);
});

it('opens a tab with the pointer, and removes a file with Delete, but never the main one', () => {
  const { onOpen, onRemove } = show();
  fireEvent.mouseDown(screen.getByRole('tab', { name: '.env' }));
  expect(onOpen).toHaveBeenCalledWith('.env');
  fireEvent.keyDown(screen.getByRole('tab', { name: /compose.yaml/ }), { key: 'Delete' });
  expect(onRemove).not.toHaveBeenCalled();
  fireEvent.keyDown(screen.getByRole('tab', { name: '.env' }), { key: 'Delete' });
  expect(onRemove).toHaveBeenCalledWith('.env');
});

it('offers to merge YAML only, and only in a language that merges', () => {
  const { onOverlay } = show({ open: 'prod.yaml' });
  fireEvent.keyDown(screen.getByRole('button', { name: 'Acts on prod.yaml' }), { key: 'Enter' });
  fireEvent.click(screen.getByRole('menuitemcheckbox', { name: /Merged over compose.yaml/ }));
  expect(onOverlay).toHaveBeenCalledWith('prod.yaml', false);
  cleanup();
  show({ open: '.env' });
  fireEvent.keyDown(screen.getByRole('button', { name: 'Acts on .env' }), { key: 'Enter' });
  expect(screen.queryByRole('menuitemcheckbox')).toBeNull();
});

it('renames a file to a path that is free', () => {
  const { onRename } = show({ open: '.env' });
  fireEvent.keyDown(screen.getByRole('button', { name: 'Acts on .env' }), { key: 'Enter' });
  fireEvent.click(screen.getByRole('menuitem', { name: 'Rename…' }));
  const field = screen.getByLabelText('Path from the main file');
  const rename = screen.getByRole('button', { name: 'Rename' });
  fireEvent.change(field, { target: { value: 'prod.yaml' } });
  expect(rename).toHaveProperty('disabled', true);
  expect(screen.getByRole('alert').textContent).toBe('Another file has this name.');
  fireEvent.change(field, { target: { value: 'config/web.env' } });
  fireEvent.click(rename);
  expect(onRename).toHaveBeenCalledWith('.env', 'config/web.env');
});

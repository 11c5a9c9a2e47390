'use client';
import { Eraser, FilePlus, FolderOpen } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Dropdown, DropdownItem, DropdownSeparator } from '@/components/ui/dropdown.tsx';
import { chosenFiles } from './chosen-files.ts';
import type { ChosenFile } from './read-opened.ts';

export interface OpenMenuProps {
  onOpen: (files: readonly ChosenFile[]) => void;
  onStartOver: () => void;
  /** Nothing is written yet. */
  blank: boolean;
}

export function OpenMenu({ onOpen, onStartOver, blank }: OpenMenuProps) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (field: HTMLInputElement) => {
    onOpen(chosenFiles(field.files));
    field.value = ''; // the same file may be chosen again
  };
  return (
    <>
      <input ref={files} type="file" multiple hidden aria-label="Files to open" onChange={(event) => take(event.currentTarget)} />
      <input
        ref={(field) => {
          folder.current = field;
          if (field) field.webkitdirectory = true;
        }}
        type="file"
        hidden
        aria-label="Folder to open"
        onChange={(event) => take(event.currentTarget)}
      />
      <Dropdown
        trigger={
          <Button>
            <FolderOpen aria-hidden />
            Open
          </Button>
        }
      >
        <DropdownItem icon={<FilePlus aria-hidden />} onSelect={() => files.current?.click()}>
          Files or an archive…
        </DropdownItem>
        <DropdownItem icon={<FolderOpen aria-hidden />} onSelect={() => folder.current?.click()}>
          A folder…
        </DropdownItem>
        <DropdownSeparator />
        <DropdownItem icon={<Eraser aria-hidden />} onSelect={onStartOver} disabled={blank}>
          Start over
        </DropdownItem>
      </Dropdown>
    </>
  );
}

'use client';
import { FileCode2, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ActsMenu } from '@/components/ui/acts-menu.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { DropdownChoice, DropdownItem, DropdownSeparator } from '@/components/ui/dropdown.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import type { BlueprintInput } from '@/server/domain/blueprint/blueprint-input.ts';
import { canBeMain, mainName, nameProblem } from './blueprint-files.ts';

export interface FileActs {
  onMain: (name: string) => void;
  onOverlay: (name: string, merged: boolean) => void;
  onRename: (name: string, to: string) => void;
  onRemove: (name: string) => void;
}

export interface FileMenuProps extends FileActs {
  input: BlueprintInput;
  name: string;
  /** The language merges files. */
  merges: boolean;
}

/** What can be done with a file beside the main one. */
export function FileMenu({ input, name, merges, onMain, onOverlay, onRename, onRemove }: FileMenuProps) {
  const [renaming, setRenaming] = useState(false);
  const merged = input.overlays?.includes(name) ?? false;
  const isText = canBeMain(input, name);
  return (
    <>
      <ActsMenu name={name}>
        {merges || merged ? (
          <>
            <DropdownChoice checked={merged} onSelect={() => onOverlay(name, !merged)}>
              Merged over {mainName(input)}
            </DropdownChoice>
            <DropdownSeparator />
          </>
        ) : null}
        <DropdownItem icon={<FileCode2 aria-hidden />} onSelect={() => onMain(name)} disabled={!isText}>
          Make it the main file
        </DropdownItem>
        <DropdownItem icon={<Pencil aria-hidden />} onSelect={() => setRenaming(true)}>
          Rename…
        </DropdownItem>
        <DropdownItem icon={<Trash2 aria-hidden />} onSelect={() => onRemove(name)} shortcut="Del">
          Remove
        </DropdownItem>
      </ActsMenu>
      {renaming ? (
        <RenameDialog input={input} name={name} onClose={() => setRenaming(false)} onRename={(to) => onRename(name, to)} />
      ) : null}
    </>
  );
}

interface RenameDialogProps extends Pick<FileMenuProps, 'input' | 'name'> {
  onClose: () => void;
  onRename: (to: string) => void;
}

function RenameDialog({ input, name, onClose, onRename }: RenameDialogProps) {
  const [to, setTo] = useState(name);
  const problem = nameProblem(input, name, to.trim());
  return (
    <Dialog open onOpenChange={(open) => open || onClose()} title={`Rename ${name}`} className="max-w-md">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (problem !== null) return;
          onRename(to.trim());
          onClose();
        }}
      >
        <Field label="Path from the main file" hint="As the blueprint writes it, such as config/app.conf." error={problem ?? undefined}>
          <Input value={to} onChange={(event) => setTo(event.target.value)} className="font-mono" spellCheck={false} autoComplete="off" />
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={problem !== null || to.trim() === name}>
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

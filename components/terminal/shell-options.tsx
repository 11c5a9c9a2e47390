'use client';
import { useState } from 'react';
import { Field } from '@/components/ui/field.tsx';
import { FormDialog } from '@/components/ui/form-dialog.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { useUrlState } from '@/components/ui/use-url-state.ts';

const SHELLS = ['best', 'bash', 'sh'] as const;
type Shell = (typeof SHELLS)[number];
const LABELS: Readonly<Record<Shell, string>> = { best: 'bash, else sh', bash: 'bash', sh: 'sh' };

export interface ShellOptionsState {
  readonly shell: Shell;
  /** Empty for the image's own. */
  readonly user: string;
  readonly folder: string;
  choose(next: { readonly shell: Shell; readonly user: string; readonly folder: string }): void;
}

/** Which shell, as whom and where, in the URL. */
export function useShellOptions(): ShellOptionsState {
  const [shell, setShell] = useUrlState<Shell>('shell', 'best', SHELLS);
  const [user, setUser] = useUrlState('user', '');
  const [folder, setFolder] = useUrlState('folder', '');
  return {
    shell,
    user,
    folder,
    choose(next) {
      setShell(next.shell);
      setUser(next.user);
      setFolder(next.folder);
    },
  };
}

/** Asks for them; the shell that runs is hung up for the new one. */
export function ShellOptions({ options, onClose }: { options: ShellOptionsState; onClose: () => void }) {
  const [draft, setDraft] = useState({ shell: options.shell, user: options.user, folder: options.folder });
  return (
    <FormDialog
      title="Shell"
      action="Open a new shell"
      busy={false}
      error={null}
      onClose={onClose}
      onSubmit={() => {
        options.choose({ ...draft, user: draft.user.trim(), folder: draft.folder.trim() });
        onClose();
      }}
    >
      <Field label="Program" className="col-span-2">
        <Select
          className="w-full"
          value={draft.shell}
          onChange={(shell) => setDraft({ ...draft, shell })}
          options={SHELLS.map((value) => ({ value, label: LABELS[value] }))}
        />
      </Field>
      <Field label="User (optional)" hint="A name or number; the image's own where it is empty.">
        <Input
          value={draft.user}
          spellCheck={false}
          placeholder="app or 1000:1000"
          onChange={(event) => setDraft({ ...draft, user: event.target.value })}
        />
      </Field>
      <Field label="Working folder (optional)" hint="The container's own where it is empty.">
        <Input
          value={draft.folder}
          spellCheck={false}
          placeholder="/srv"
          onChange={(event) => setDraft({ ...draft, folder: event.target.value })}
        />
      </Field>
    </FormDialog>
  );
}

'use client';
import { useState } from 'react';
import type { BlueprintInput } from '@/server/domain/blueprint/blueprint-input.ts';
import { type ChosenFile, readOpened, replaces } from './read-opened.ts';
import type { BlueprintDraft } from './use-blueprint-draft.ts';

export interface FileOpening {
  readonly open: (files: readonly ChosenFile[] | Promise<readonly ChosenFile[]>) => void;
  /** Why the last ones could not be opened; nothing was changed then. */
  readonly error: unknown;
  readonly forgetError: () => void;
}

/** `replace` puts a whole blueprint in the place of what is there, and offers the way back. */
export function useOpenFiles(draft: BlueprintDraft, replace: (next: BlueprintInput, message: string) => void): FileOpening {
  const [error, setError] = useState<unknown>(null);
  const read = async (files: readonly ChosenFile[] | Promise<readonly ChosenFile[]>) => {
    setError(null);
    try {
      const chosen = await files;
      const next = await readOpened(draft.current(), chosen);
      if (replaces(draft.current(), chosen)) replace(next, 'Archive opened');
      else draft.change(() => next);
    } catch (caught) {
      setError(caught);
    }
  };
  return { open: (files) => void read(files), error, forgetError: () => setError(null) };
}

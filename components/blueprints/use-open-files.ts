'use client';
import { useState } from 'react';
import { useTRPCClient } from '@/components/trpc/trpc.ts';
import type { BlueprintInput } from '@/server/domain/blueprint/blueprint-input.ts';
import { bringContexts, type Sent } from './bring-contexts.ts';
import { type ChosenFile, readOpened, replaces } from './read-opened.ts';
import type { BlueprintDraft } from './use-blueprint-draft.ts';

export interface FileOpening {
  readonly open: (files: readonly ChosenFile[] | Promise<readonly ChosenFile[]>) => void;
  /** Why the last ones could not be opened; nothing was changed then. */
  readonly error: unknown;
  readonly forgetError: () => void;
  /** True once a file that is no text was opened. */
  readonly hasBinaries: boolean;
  /** The request with what it has to bring: to be called before it is sent. */
  readonly bring: <Request extends Sent>(request: Request, folders: readonly string[]) => Promise<Request>;
}

/** `replace` puts a whole blueprint in the place of what is there, and offers the way back. */
export function useOpenFiles(draft: BlueprintDraft, replace: (next: BlueprintInput, message: string) => void): FileOpening {
  const client = useTRPCClient();
  const [error, setError] = useState<unknown>(null);
  const [binaries, setBinaries] = useState<ReadonlyMap<string, Blob>>(new Map());
  const read = async (files: readonly ChosenFile[] | Promise<readonly ChosenFile[]>) => {
    setError(null);
    try {
      const chosen = await files;
      const opened = new Map<string, Blob>();
      const next = await readOpened(draft.current(), chosen, (name, blob) => opened.set(name, blob));
      if (opened.size > 0) setBinaries((before) => new Map([...before, ...opened]));
      if (replaces(draft.current(), chosen)) replace(next, 'Archive opened');
      else draft.change(() => next);
    } catch (caught) {
      setError(caught);
    }
  };
  return {
    open: (files) => void read(files),
    error,
    forgetError: () => setError(null),
    hasBinaries: binaries.size > 0,
    bring: (request, folders) => bringContexts(request, { folders, binaries, put: (input) => client.context.put.mutate(input) }),
  };
}

'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { readStored, writeStored } from '@/components/ui/use-stored-state.ts';
import { type BlueprintInput, type BlueprintParts, partsOf } from '@/server/domain/blueprint/blueprint-input.ts';
import { type FileName, withText } from './blueprint-files.ts';

const SETTLE_MS = 250;

export interface BlueprintDraft {
  /** As it was when typing last paused: what the plan is made of. */
  readonly input: BlueprintInput;
  /** Grows with each change that was not typed: editors begin anew. */
  readonly revision: number;
  readonly type: (file: FileName, text: string) => void;
  /** Anything but typing; at once. */
  readonly change: (change: (input: BlueprintInput) => BlueprintInput) => void;
  /** With what was typed in the last moment. */
  readonly current: () => BlueprintInput;
  readonly discard: () => void;
}

/**
 * A blueprint with its files, kept in the browser under `key` from the first pause on and when the page is left; with null it is kept
 * as long as it is shown.
 */
export function useBlueprintDraft(key: string | null, initial: BlueprintInput): BlueprintDraft {
  const [{ input, revision }, setState] = useState(() => ({ input: readDraft(key) ?? initial, revision: 0 }));
  const latest = useRef(input);
  const pending = useRef<ReturnType<typeof setTimeout> | null>(null);

  const flush = useCallback(() => {
    if (pending.current === null) return;
    clearTimeout(pending.current);
    pending.current = null;
    writeDraft(key, latest.current);
    setState((before) => ({ ...before, input: latest.current }));
  }, [key]);

  const type = useCallback(
    (file: FileName, text: string) => {
      latest.current = withText(latest.current, file, text);
      if (pending.current !== null) clearTimeout(pending.current);
      pending.current = setTimeout(flush, SETTLE_MS);
    },
    [flush],
  );

  const change = useCallback(
    (next: (input: BlueprintInput) => BlueprintInput) => {
      if (pending.current !== null) clearTimeout(pending.current);
      pending.current = null;
      latest.current = next(latest.current);
      writeDraft(key, latest.current);
      setState((before) => ({ input: latest.current, revision: before.revision + 1 }));
    },
    [key],
  );

  const discard = useCallback(() => {
    if (pending.current !== null) clearTimeout(pending.current);
    pending.current = null;
    forgetDraft(key);
  }, [key]);

  const current = useCallback(() => latest.current, []);
  useEffect(() => {
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [flush]);
  return { input, revision, type, change, current, discard };
}

function partsKey(key: string): string {
  return `${key}.parts`;
}

function forgetDraft(key: string | null): void {
  if (key === null) return;
  writeStored(key, null);
  writeStored(partsKey(key), null);
}

/** Keeps a draft in the browser under `key`; with null it is not kept. */
export function writeDraft(key: string | null, input: BlueprintInput): void {
  if (key === null) return;
  const parts = partsOf(input);
  writeStored(key, input.text);
  writeStored(partsKey(key), parts === undefined ? null : JSON.stringify(parts));
}

function readDraft(key: string | null): BlueprintInput | null {
  if (key === null) return null;
  const text = readStored(key);
  return text === null ? null : { text, ...readParts(readStored(partsKey(key))) };
}

const storedParts = z.object({
  file: z.string().optional(),
  files: z.record(z.string(), z.string()).optional(),
  binaryFiles: z.array(z.string()).optional(),
  contexts: z.record(z.string(), z.string()).optional(),
  overlays: z.array(z.string()).optional(),
  variables: z.record(z.string(), z.string()).optional(),
  profiles: z.array(z.string()).optional(),
  hostAccess: z.boolean().optional(),
});

function readParts(raw: string | null): BlueprintParts | undefined {
  if (raw === null) return undefined;
  try {
    return partsOf(storedParts.parse(JSON.parse(raw)));
  } catch {
    return undefined; // written by something else under our key
  }
}

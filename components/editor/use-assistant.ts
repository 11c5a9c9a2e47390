'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { YamlAssistant } from '@/components/blueprints/assisted-text.ts';
import { useRecords } from '@/components/live/use-live.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import type { EditorStore } from './editor-store.ts';
import type { PartType } from './part-types.ts';
import { helpAt, proposalsAt, type YamlKnowledge } from './yaml-assist.ts';

/** Completion and help for the text of a blueprint, from the types of this installation. */
export function useAssistant(store: EditorStore, parts: readonly PartType[]): YamlAssistant {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const clouds = useRecords('cloud');
  const known = useRef({ parts, clouds });
  useEffect(() => {
    known.current = { parts, clouds };
  }, [parts, clouds]);
  return useMemo(() => {
    const knowledge = (): YamlKnowledge => ({
      parts: known.current.parts,
      graph: store.get().session.drawing?.graph ?? null,
      locations: known.current.clouds.map(({ name }) => name),
      detailsOf: (part) =>
        part.group === 'Added to the catalog'
          ? Promise.resolve(undefined)
          : queries
              .fetchQuery(trpc.catalog.type.queryOptions({ id: part.id }, { staleTime: Number.POSITIVE_INFINITY }))
              .catch(() => undefined),
    });
    return {
      proposals: (text, offset) => proposalsAt(text, offset, knowledge()),
      help: (text, offset) => helpAt(text, offset, knowledge()),
    };
  }, [trpc, queries, store]);
}

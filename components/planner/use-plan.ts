'use client';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useRecords } from '@/components/live/use-live.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import type { BlueprintInput } from '@/server/domain/blueprint/blueprint-input.ts';
import type { BlueprintReading, NamedStrategy } from './planner-messages.ts';
import { createWorkerPlanner, type WorkerPlanner } from './worker-planner.ts';

/** Milliseconds that reading one text may take: the same as on the server. */
const LIMIT_MS = 5_000;

export interface LocalPlan {
  /** Of the newest text that was read; null before the first. */
  readonly reading: BlueprintReading | null;
  /** What `reading` is of. */
  readonly input: BlueprintInput | null;
  /** Why the newest text could not be read here. */
  readonly error: Error | null;
}

/** The plan of what is typed, worked out in a worker of this page by the code that the server runs too. */
export function usePlan(input: BlueprintInput): LocalPlan {
  const trpc = useTRPC();
  const catalog = useRecords('catalogItem');
  const { data: strategies } = useQuery(
    trpc.placement.strategies.queryOptions({}, { staleTime: Number.POSITIVE_INFINITY, select: toNamed }),
  );
  const planner = useRef<WorkerPlanner | null>(null);
  const [plan, setPlan] = useState<LocalPlan>({ reading: null, input: null, error: null });

  useEffect(() => {
    planner.current = createWorkerPlanner(() => new Worker(new URL('./planner.worker.ts', import.meta.url), { type: 'module' }), LIMIT_MS);
    return () => {
      planner.current?.close();
      planner.current = null;
    };
  }, []);

  useEffect(() => {
    let stale = false;
    planner.current?.plan(input, catalog, strategies).then(
      (reading) => {
        if (!stale && reading !== null) setPlan({ reading, input, error: null });
      },
      (error: Error) => {
        if (!stale) setPlan((before) => ({ ...before, error }));
      },
    );
    return () => {
      stale = true;
    };
  }, [input, catalog, strategies]);
  return plan;
}

function toNamed(views: readonly NamedStrategy[]): readonly NamedStrategy[] {
  return views.map(({ id, title, description, aliases }) => ({ id, title, description, aliases }));
}

'use client';
import { useMemo } from 'react';
import type { PlanAnswer } from '@/components/blueprints/plan-preview.tsx';
import type { PlannedPlaces } from './use-ghosts.ts';

/** Of an answer of the planner; undefined where it does not say where anything would go. */
export function usePlanned(answer: PlanAnswer | undefined): PlannedPlaces | undefined {
  return useMemo(() => (answer?.plan && answer.placement ? { root: answer.plan.root, placement: answer.placement } : undefined), [answer]);
}

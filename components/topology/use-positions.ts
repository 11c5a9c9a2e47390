'use client';
import { useCallback, useMemo } from 'react';
import { z } from 'zod';
import { useStoredState } from '@/components/ui/use-stored-state.ts';
import type { Point } from './topology-layout.ts';

const Positions = z.record(z.string(), z.object({ x: z.number(), y: z.number() }));

/** Where the operator put the hosts, kept in this browser. What cannot be read counts as never placed. */
export function usePositions(): readonly [Readonly<Record<string, Point>>, (positions: Readonly<Record<string, Point>>) => void] {
  const [stored, setStored] = useStoredState<string>('clocker.topology.positions', '{}');
  const positions = useMemo(() => parse(stored), [stored]);
  const set = useCallback((next: Readonly<Record<string, Point>>) => setStored(JSON.stringify(next)), [setStored]);
  return [positions, set];
}

function parse(text: string): Readonly<Record<string, Point>> {
  try {
    return Positions.parse(JSON.parse(text));
  } catch {
    return {};
  }
}

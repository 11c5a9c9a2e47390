'use client';
import { createContext, useContext } from 'react';
import { type LiveStore, makeLiveStore } from './live-store.ts';
import { type MetricStore, makeMetricStore } from './metric-store.ts';

export interface LiveStores {
  readonly live: LiveStore;
  readonly metrics: MetricStore;
}

export function makeLiveStores(): LiveStores {
  return { live: makeLiveStore(), metrics: makeMetricStore() };
}

export const LiveContext = createContext<LiveStores | null>(null);

export function useLiveStores(): LiveStores {
  const stores = useContext(LiveContext);
  if (!stores) throw new Error('Live values are used outside of LiveProvider');
  return stores;
}

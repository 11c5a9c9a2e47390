'use client';
import { ExternalLink } from 'lucide-react';
import { useCallback } from 'react';
import type { LiveTables } from '@/components/live/live-state.ts';
import { useLive } from '@/components/live/use-live.ts';
import { Button } from '@/components/ui/button.tsx';

/** Opens what the application serves: its load balancer where it has one, else its only address. Nothing when there is none or a choice. */
export function OpenApplication({ applicationId }: { applicationId: string }) {
  const uri = useLive(
    ['entity'],
    useCallback((tables: LiveTables) => mainUri(applicationId, tables), [applicationId]),
  );
  if (uri === null) return null;
  return (
    <Button asChild>
      <a href={uri} target="_blank" rel="noreferrer">
        <ExternalLink aria-hidden />
        Open
      </a>
    </Button>
  );
}

function mainUri(applicationId: string, { entity }: LiveTables): string | null {
  const serving = [...entity.values()].filter((each) => each.applicationId === applicationId && isWebAddress(each.sensors['main.uri']));
  const front = serving.filter((each) => each.sensors['proxy.servers'] !== undefined);
  const [only, ...others] = front.length > 0 ? front : serving;
  const uri = only?.sensors['main.uri'];
  return others.length === 0 && typeof uri === 'string' ? uri : null;
}

function isWebAddress(value: unknown): boolean {
  return typeof value === 'string' && /^https?:/.test(value);
}

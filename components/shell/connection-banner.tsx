'use client';
import { useEffect, useState } from 'react';
import { useLiveStatus } from '@/components/live/use-live.ts';
import { Time } from '@/components/ui/time.tsx';

/** A page that opens is given longer. Milliseconds. */
const PATIENCE_MS = { reconnecting: 1_500, connecting: 5_000 } as const;

/** Says across the screen that values are old, or that there are none, once the server has been away for a moment. */
export function ConnectionBanner() {
  const { connection } = useLiveStatus();
  const [since, setSince] = useState<number | null>(null);
  const away = connection === 'reconnecting' || connection === 'connecting' ? connection : null;
  useEffect(() => {
    if (away === null) return setSince(null);
    const at = Date.now();
    const timer = setTimeout(() => setSince(at), PATIENCE_MS[away]);
    return () => clearTimeout(timer);
  }, [away]);
  if (since === null || away === null) return null;
  return (
    <div role="status" className="shrink-0 border-b border-line bg-warn-soft px-4 py-1 text-sm">
      {away === 'connecting' ? (
        'The server does not answer: it is tried again by itself, and what there is shows once it does.'
      ) : (
        <>
          No connection to the server since <Time at={since} />. What you see is from then; it is taken up again by itself.
        </>
      )}
    </div>
  );
}

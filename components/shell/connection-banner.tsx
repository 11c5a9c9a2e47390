'use client';
import { useEffect, useState } from 'react';
import { useLiveStatus } from '@/components/live/use-live.ts';
import { Time } from '@/components/ui/time.tsx';

/** Says across the screen that values are old, once the connection has been gone for a moment. */
export function ConnectionBanner() {
  const { connection } = useLiveStatus();
  const [since, setSince] = useState<number | null>(null);
  const away = connection === 'reconnecting';
  useEffect(() => {
    if (!away) return setSince(null);
    const at = Date.now();
    const timer = setTimeout(() => setSince(at), 1_500);
    return () => clearTimeout(timer);
  }, [away]);
  if (since === null) return null;
  return (
    <div role="status" className="shrink-0 border-b border-line bg-warn-soft px-4 py-1 text-sm">
      No connection to the server since <Time at={since} />. What you see is from then; it is taken up again by itself.
    </div>
  );
}

import type { Metadata } from 'next';
import { Suspense } from 'react';
import { EntryFrame } from '@/components/session/entry-frame.tsx';
import { SetupForm } from '@/components/session/setup-form.tsx';

export const metadata: Metadata = { title: 'Set up', referrer: 'no-referrer' };

export default function SetupPage() {
  return (
    <EntryFrame title="Create the first administrator">
      <Suspense>
        <SetupForm />
      </Suspense>
    </EntryFrame>
  );
}

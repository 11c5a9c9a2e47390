import type { Metadata } from 'next';
import { Suspense } from 'react';
import { EntryFrame } from '@/components/session/entry-frame.tsx';
import { LoginForm } from '@/components/session/login-form.tsx';

export const metadata: Metadata = { title: 'Sign in' };

export default function LoginPage() {
  return (
    <EntryFrame title="Sign in">
      <Suspense>
        <LoginForm />
      </Suspense>
    </EntryFrame>
  );
}

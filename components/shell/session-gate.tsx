'use client';
import { usePathname, useRouter } from 'next/navigation';
import { type ReactNode, useEffect } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { SkeletonRows } from '@/components/ui/skeleton.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import { useSession } from './use-session.ts';

/** Sends who is not signed in to the sign-in page, and back here afterwards. */
export function SessionGate({ children }: { children: ReactNode }) {
  const session = useSession();
  const router = useRouter();
  const pathname = usePathname();
  const error = session.error ? toErrorView(session.error) : null;
  const anonymous = error?.code === 'auth.unauthenticated';
  useEffect(() => {
    if (anonymous) router.replace(`/login?next=${encodeURIComponent(pathname + window.location.search)}`);
  }, [anonymous, router, pathname]);
  if (session.data) return children;
  if (error && !anonymous) return <ErrorState error={error} actions={<Button onClick={() => session.refetch()}>Try again</Button>} />;
  return (
    <div className="pt-12">
      <SkeletonRows />
    </div>
  );
}

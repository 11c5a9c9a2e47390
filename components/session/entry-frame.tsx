import type { ReactNode } from 'react';
import { Logo } from '@/components/shell/logo.tsx';

/** The frame of the screens before signing in. */
export function EntryFrame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center gap-5 px-4 py-12">
      <header className="flex flex-col gap-3">
        <span className="flex items-center gap-2 font-semibold">
          <Logo className="size-6" />
          Clocker
        </span>
        <h1 className="text-xl font-semibold">{title}</h1>
      </header>
      {children}
    </main>
  );
}

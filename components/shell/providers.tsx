'use client';
import { QueryClientProvider } from '@tanstack/react-query';
import { Tooltip } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { LiveContext, makeLiveStores } from '@/components/live/live-context.ts';
import { makeClients } from '@/components/trpc/make-clients.ts';
import { TRPCProvider } from '@/components/trpc/trpc.ts';
import { Toaster } from '@/components/ui/toaster.tsx';

/** What every page needs: the API's clients, the live stores, tooltips and toasts. */
export function Providers({ children }: { children: ReactNode }) {
  const [clients] = useState(makeClients);
  const [stores] = useState(makeLiveStores);
  return (
    <QueryClientProvider client={clients.query}>
      <TRPCProvider trpcClient={clients.trpc} queryClient={clients.query}>
        <LiveContext value={stores}>
          <Tooltip.Provider delayDuration={350} skipDelayDuration={150}>
            {children}
            <Toaster />
          </Tooltip.Provider>
        </LiveContext>
      </TRPCProvider>
    </QueryClientProvider>
  );
}

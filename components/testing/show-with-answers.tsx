import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { createTRPCClient, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { Tooltip } from 'radix-ui';
import type { ReactNode } from 'react';
import { TRPCProvider } from '@/components/trpc/trpc.ts';
import type { AppRouter } from '@/server/api/router.ts';

export interface AskedCall {
  readonly path: string;
  readonly input: unknown;
}

/** Shows a part of the console before a server that gives these answers, by path; gives what it is asked to do, lists aside. */
export function showWithAnswers(part: ReactNode, answers: Readonly<Record<string, unknown>>, otherwise: unknown): readonly AskedCall[] {
  const asked: AskedCall[] = [];
  const link: TRPCLink<AppRouter> = () => (call) =>
    observable((observer) => {
      const { path, input } = call.op;
      if (!path.endsWith('.list')) asked.push({ path, input });
      observer.next({ result: { type: 'data', data: answers[path] ?? otherwise } });
      observer.complete();
    });
  const queryClient = new QueryClient();
  render(
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={createTRPCClient<AppRouter>({ links: [link] })} queryClient={queryClient}>
        <Tooltip.Provider>{part}</Tooltip.Provider>
      </TRPCProvider>
    </QueryClientProvider>,
  );
  return asked;
}

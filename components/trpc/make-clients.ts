import { QueryClient } from '@tanstack/react-query';
import { createTRPCClient, createWSClient, httpBatchLink, httpLink, splitLink, wsLink } from '@trpc/client';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { AppRouter } from '@/server/api/router.ts';

/** Queries with a whole blueprint as input, which is too long for a URL. */
const BY_SOCKET: ReadonlySet<string> = new Set(['application.plan', 'application.planUpdate', 'application.convert']);

/** Queries and mutations over HTTP, every subscription of the tab over one WebSocket. The socket opens with the first subscription. */
export function makeClients() {
  const ws = createWSClient({
    url: () => `${window.location.protocol === 'https:' ? 'wss' : 'ws'}://${window.location.host}/ws/trpc`,
    lazy: { enabled: true, closeMs: 10_000 },
    keepAlive: { enabled: true, intervalMs: 10_000, pongTimeoutMs: 5_000 },
    retryDelayMs: (attempt) => Math.min(10_000, 250 * 2 ** attempt) * (0.75 + Math.random() / 2),
  });
  const trpc = createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription' || BY_SOCKET.has(operation.path),
        true: wsLink({ client: ws }),
        false: splitLink({
          // By itself its body may be larger than that of others.
          condition: (operation) => operation.path === 'context.put',
          true: httpLink({ url: '/trpc' }),
          false: httpBatchLink({ url: '/trpc', maxURLLength: 2000 }),
        }),
      }),
    ],
  });
  return { ws, trpc, query: makeQueryClient() };
}

function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => toErrorView(error).retryable && failures < 3,
      },
      mutations: { retry: false },
    },
  });
}

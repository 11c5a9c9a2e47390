import { createTRPCClient, createWSClient, TRPCClientError, wsLink } from '@trpc/client';
import { WebSocket } from 'ws';
import type { ListedProcedure } from '../api/list-procedures.ts';
import type { AppRouter } from '../api/router.ts';

/** `ok`, or the code of the error as tRPC calls it (`NOT_FOUND`), with the whole answer as text. */
export interface CallOutcome {
  readonly code: string;
  readonly text: string;
}

/** Calls a procedure over real HTTP, subscriptions over a real WebSocket. `token` null is an anonymous caller. */
export async function callProcedure(
  url: string,
  procedure: ListedProcedure,
  call: { token: string | null; input?: unknown },
): Promise<CallOutcome> {
  if (procedure.type === 'subscription') return subscribe(url, procedure, call);
  const headers: Record<string, string> = call.token === null ? {} : { authorization: `Bearer ${call.token}` };
  const isQuery = procedure.type === 'query';
  const query = isQuery && call.input !== undefined ? `?input=${encodeURIComponent(JSON.stringify(call.input))}` : '';
  const response = await fetch(`${url}/trpc/${procedure.path}${query}`, {
    method: isQuery ? 'GET' : 'POST',
    headers: isQuery ? headers : { ...headers, 'content-type': 'application/json' },
    ...(isQuery || call.input === undefined ? {} : { body: JSON.stringify(call.input) }),
  });
  const text = await response.text();
  const body: { error?: { data: { rpcCode: string } } } = JSON.parse(text);
  return { code: body.error ? body.error.data.rpcCode : 'ok', text };
}

async function subscribe(url: string, procedure: ListedProcedure, call: { token: string | null; input?: unknown }): Promise<CallOutcome> {
  if (!(await canConnect(url, call.token))) return { code: 'UNAUTHORIZED', text: '401' };
  const socket = createWSClient({ url: `${url.replace('http', 'ws')}/ws/trpc`, WebSocket: socketOf(call.token) as never });
  const client = createTRPCClient<AppRouter>({ links: [wsLink({ client: socket })] });
  try {
    return await new Promise<CallOutcome>((resolve) => {
      const timer = setTimeout(() => resolve({ code: 'ok', text: 'no answer' }), 2_000);
      const done = (outcome: CallOutcome) => {
        clearTimeout(timer);
        resolve(outcome);
      };
      const [noun = '', verb = ''] = procedure.path.split('.');
      const subscription = (client as never as Record<string, Record<string, { subscribe(input: unknown, on: unknown): unknown }>>)[noun]?.[
        verb
      ];
      subscription?.subscribe(call.input, {
        onStarted: () => setTimeout(() => done({ code: 'ok', text: 'started' }), 100),
        onError: (error: unknown) => {
          const data = error instanceof TRPCClientError ? (error.data as { rpcCode?: string } | null) : null;
          done({ code: data?.rpcCode ?? 'broken', text: String(error) });
        },
      });
    });
  } finally {
    await socket.close();
  }
}

/** Whether the server lets this caller open a WebSocket. */
function canConnect(url: string, token: string | null, headers: Readonly<Record<string, string>> = {}): Promise<boolean> {
  return upgradeStatus(url, token === null ? headers : { ...headers, authorization: `Bearer ${token}` }).then((status) => status === 101);
}

/** 101, or the status with which the upgrade was refused. */
export function upgradeStatus(url: string, headers: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/ws/trpc`, { headers });
    socket.on('open', () => {
      socket.close();
      resolve(101);
    });
    socket.on('unexpected-response', (request, response) => {
      resolve(response.statusCode ?? 0);
      request.destroy();
    });
    socket.on('error', reject);
  });
}

function socketOf(token: string | null) {
  return class extends WebSocket {
    constructor(address: string | URL) {
      super(address, { headers: token === null ? {} : { authorization: `Bearer ${token}` } });
    }
  };
}

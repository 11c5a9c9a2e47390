import { z } from 'zod';

const size = { columns: z.number(), rows: z.number() };

const clientMessage = z.discriminatedUnion('kind', [
  /** The first one, within a few seconds. */
  z.strictObject({ kind: z.literal('open'), ticket: z.string().min(1).max(200), ...size }),
  z.strictObject({ kind: z.literal('resize'), ...size }),
  /** No more input comes; output is still taken. */
  z.strictObject({ kind: z.literal('end') }),
  /** So many bytes of output were shown. */
  z.strictObject({ kind: z.literal('taken'), bytes: z.number().int().min(0) }),
]);
export type TerminalClientMessage = z.output<typeof clientMessage>;

/** Null for what is none. */
export function parseClientMessage(text: string): TerminalClientMessage | null {
  try {
    return clientMessage.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

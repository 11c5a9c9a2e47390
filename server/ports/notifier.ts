import type { MailMessage, WebhookRequest } from '../domain/adjunct/notification.ts';

/** Null: it was taken. Otherwise why it was not, in words that go after its name, and whether the same may succeed later. */
export type Refusal = { readonly why: string; readonly retryable: boolean } | null;

/**
 * Tells people elsewhere, as the console: never to addresses that mean the console's own machine (loopback, link-local, those of metadata
 * services), and within 15 s.
 */
export interface Notifier {
  post(request: WebhookRequest): Promise<Refusal>;
  mail(message: MailMessage): Promise<Refusal>;
}

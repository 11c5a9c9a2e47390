import type { JsonObject } from '../shared/json.ts';

/** Texts may hold stand-ins of secrets, which are replaced when it is told. */
export interface WebhookRequest {
  /** The same where the same is told again, so that who hears it can drop the second. */
  readonly id: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonObject;
}

export interface MailMessage {
  /** As of `WebhookRequest`. Letters, digits, `.`, `_` and `-`. */
  readonly id: string;
  readonly server: MailServer;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte; `starttls`, or not at all; `none` in the clear, for a relay on a network that is trusted. */
  readonly security: 'tls' | 'starttls' | 'none';
  readonly user: string | null;
  readonly password: string | null;
}

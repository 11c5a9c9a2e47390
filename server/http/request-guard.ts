import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

export interface GuardSettings {
  /** Port that the server listens on. */
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string | null;
  readonly insecure: boolean;
}

/** Null when the request may go on, else why not. */
export type Refusal = { readonly status: 403 | 421; readonly reason: string } | null;

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A name that is not ours in the Host header means that somebody's page points its own name at this server (DNS rebinding).
 */
export function refuseForeignHost(request: IncomingMessage, settings: GuardSettings): Refusal {
  const host = request.headers.host?.toLowerCase() ?? '';
  if (ownHosts(settings).has(host)) return null;
  if (settings.insecure && isIP(host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')) !== 0) return null;
  return { status: 421, reason: `This server is not ${host || 'reached without a Host header'}` };
}

/**
 * Requests that change something must come from our own pages: browsers say so in Origin. Programs send neither Origin nor
 * Sec-Fetch-Site, and are let through to authentication.
 */
export function refuseForeignOrigin(request: IncomingMessage, settings: GuardSettings): Refusal {
  if (READING.has(request.method ?? 'GET') && request.headers.upgrade === undefined) return null;
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (origin === undefined) {
    return site === undefined || site === 'same-origin' || site === 'none'
      ? null
      : { status: 403, reason: 'Requests from other sites are refused' };
  }
  return isOwnOrigin(origin, request, settings) ? null : { status: 403, reason: `Requests from ${origin} are refused` };
}

function isOwnOrigin(origin: string, request: IncomingMessage, settings: GuardSettings): boolean {
  if (settings.publicUrl !== null && origin === settings.publicUrl) return true;
  return origin === `http://${request.headers.host?.toLowerCase()}`;
}

function ownHosts({ port, host, publicUrl }: GuardSettings): ReadonlySet<string> {
  const names = ['127.0.0.1', 'localhost', '[::1]', host.includes(':') ? `[${host}]` : host];
  const hosts = names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
  return new Set(publicUrl === null ? hosts : [...hosts, new URL(publicUrl).host]);
}

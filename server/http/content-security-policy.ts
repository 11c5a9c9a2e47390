import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Headers for every answer. */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

export function setSecurityHeaders(response: ServerResponse, options: { readonly tls: boolean }): void {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
  if (options.tls) response.setHeader('strict-transport-security', 'max-age=31536000');
}

/** A fresh nonce: the page renderer reads it from the request, the browser from the answer. */
export function setContentSecurityPolicy(
  request: IncomingMessage,
  response: ServerResponse,
  options: { readonly development: boolean },
): void {
  const policy = contentSecurityPolicy(randomBytes(16).toString('base64'), options);
  request.headers['content-security-policy'] = policy;
  response.setHeader('content-security-policy', policy);
}

/** For answers that are no pages. */
export const API_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** Styles stay inline: canvas and editor position by style attributes. Development needs eval for hot reload. */
function contentSecurityPolicy(nonce: string, { development }: { readonly development: boolean }): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

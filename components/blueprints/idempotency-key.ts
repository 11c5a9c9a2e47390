/** A random key by which the server recognises a repeated deploy. Works without a secure context, unlike `crypto.randomUUID`. */
export function makeIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

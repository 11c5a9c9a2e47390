/** Encryption at rest with the plane's key file (AES-256-GCM, versioned envelope) and the plane's identity. */
export interface Secrets {
  /** Six lower-case characters made at first start: part of every name we give on a host. */
  readonly planeId: string;
  seal(plaintext: string): string;
  /** @throws ClockerError store.corrupt when the envelope was made with another key or was changed. */
  open(sealed: string): string;
  /** HMAC-SHA256 of `text` with the plane's key, hexadecimal: signs ownership labels. */
  sign(text: string): string;
  /** Constant-time comparison. */
  verify(text: string, signature: string): boolean;
}

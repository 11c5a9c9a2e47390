/** What the operating system calls a failure (`ENOENT`); undefined where it did not say. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

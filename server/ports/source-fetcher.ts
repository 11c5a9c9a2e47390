import type { ContextFile } from '../domain/build/build-context.ts';

/** What a URL gives: the files of an archive, or one file. That it cannot be had is an answer, in words that go after its name. */
export type FetchedSource =
  | { readonly kind: 'archive'; readonly files: readonly ContextFile[] }
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  | { readonly kind: 'failed'; readonly why: string; readonly hint?: string };

/**
 * Fetches what a blueprint names, as the console: http and https alone, at most 3 redirects, at most 64 MiB within 60 s, with no login, and
 * never from addresses that mean the console's own machine (loopback, link-local, those of metadata services).
 */
export interface SourceFetcher {
  fetch(url: string, options?: { readonly signal?: AbortSignal }): Promise<FetchedSource>;
  /** A file of the folder of artifacts, which who runs the console fills; never one outside of it. `name`: relative to it. */
  artifact(name: string): Promise<FetchedSource>;
}

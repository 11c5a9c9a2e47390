import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { findArtifact } from '../adapters/sources/artifact-folder.ts';
import { ARTIFACTS_PREFIX, artifactFile, artifactGrant, artifactPath } from '../domain/artifact/artifact-file.ts';
import type { EngineContext } from '../engine/engine-context.ts';
import { API_POLICY } from './content-security-policy.ts';
import { respondText } from './respond.ts';

const ADDRESS = new RegExp(`^${ARTIFACTS_PREFIX}([0-9a-f]{64})/(.+)$`);

/**
 * Gives hosts the files that artifact rules lead to, without a login: the address itself grants what one rule leads to, while there is that rule.
 * Everything else is answered with 404, whatever it is.
 */
export async function serveArtifact(
  { store, secrets }: Pick<EngineContext, 'store' | 'secrets'>,
  folder: string,
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return respondText(response, 405, 'Only GET and HEAD.\n');
  const [, token = '', written = ''] = ADDRESS.exec(request.url ?? '') ?? [];
  const name = artifactPath(written);
  const isGranted = [...store.view.all('artifactRule').values()].some(({ to }) => {
    const file = artifactFile(to);
    return file !== null && name !== null && leadsTo(file, name) && secrets.verify(artifactGrant(file), token);
  });
  const found = isGranted && name !== null ? await findArtifact(folder, name) : null;
  if (found === null) return respondText(response, 404, 'There is no such artifact.\n');
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-length': found.bytes,
    'cache-control': 'no-store',
    'content-security-policy': API_POLICY,
  });
  if (request.method === 'HEAD') response.end();
  else await pipeline(createReadStream(found.file, { end: Math.max(0, found.bytes - 1) }), response);
}

/** A rule's folder leads to all that is in it, and a rule's file to itself alone. */
function leadsTo(file: string, name: string): boolean {
  return file.endsWith('/') ? name.startsWith(file) : name === file;
}

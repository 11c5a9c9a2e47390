import { request } from 'node:http';
import type { LabHost } from './lab-hosts.ts';

const TIMEOUT_MS = 60_000;

/** Asks a host's own Docker Engine over its socket, without a program in between: a look costs next to nothing. Null where there is no such thing. */
export function engineGet(host: Pick<LabHost, 'name' | 'socketPath'>, path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath: host.socketPath, path: `/v1.40${path}`, timeout: TIMEOUT_MS }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => {
        text += chunk;
      });
      answer.on('end', () => {
        if (answer.statusCode === 404) resolve(null);
        else if (answer.statusCode === 200) resolve(JSON.parse(text));
        else reject(new Error(`${host.name} answered ${path} with ${answer.statusCode}: ${text}`));
      });
    });
    asked.on('timeout', () => asked.destroy(new Error(`${host.name} did not answer ${path} within ${TIMEOUT_MS} ms`)));
    asked.on('error', reject);
    asked.end();
  });
}

/** The `filters` parameter for things with these labels. */
export function labelFilter(...labels: readonly string[]): string {
  return `filters=${encodeURIComponent(JSON.stringify({ label: labels }))}`;
}

import { z } from 'zod';
import type { VolumeSpec } from './container-spec.ts';

const NAMED = /^([a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}):(\/[^:\0]*?)(?::(ro|rw))?$/;

/** Named volumes: a list of `name:/path` or `name:/path:ro`, or a map name → path. Folders of the host are not given to containers. */
export const volumes = z
  .union([z.array(z.string()), z.record(z.string(), z.string())], 'needs a list of name:/path')
  .superRefine((value, context) => {
    const paths = new Set<string>();
    for (const [at, text] of texts(value)) {
      const problem = volumeProblem(text) ?? (paths.has(pathOf(text)) ? `${pathOf(text)} is given twice` : null);
      if (problem !== null) context.addIssue({ code: 'custom', path: [at], message: problem });
      paths.add(pathOf(text));
    }
  });

export function toVolumes(value: z.infer<typeof volumes>): readonly VolumeSpec[] {
  return texts(value).flatMap(([, text]) => {
    const match = NAMED.exec(text);
    return match?.[1] === undefined || match[2] === undefined ? [] : [{ name: match[1], path: match[2], readOnly: match[3] === 'ro' }];
  });
}

function texts(value: z.infer<typeof volumes>): readonly (readonly [string | number, string])[] {
  if (Array.isArray(value)) return value.map((text, index) => [index, text] as const);
  return Object.entries(value).map(([name, path]) => [name, `${name}:${path}`] as const);
}

function volumeProblem(text: string): string | null {
  if (/^[./~]/.test(text) && text.includes(':'))
    return 'is a folder of the host, which containers are not given; name a volume, such as data:/var/lib/data';
  if (text.startsWith('/')) return `has no name; write data:${text}`;
  const match = NAMED.exec(text);
  if (match === null) return 'needs name:/path, such as data:/var/lib/data';
  return pathOf(text).split('/').includes('..') ? 'has “..” in its path' : pathOf(text) === '/' ? 'cannot be the whole file system' : null;
}

function pathOf(text: string): string {
  return (NAMED.exec(text)?.[2] ?? text).replace(/\/+$/, '') || '/';
}

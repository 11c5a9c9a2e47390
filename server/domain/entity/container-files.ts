import { z } from 'zod';
import type { FileSpec } from './container-spec.ts';

const MOST_BYTES = 1024 * 1024;

const path = z.string().regex(/^\/(?!.*(?:^|\/)\.\.(?:\/|$))[^\0]*[^/\0]$/, 'needs an absolute path of a file, without “..”');
const file = z.strictObject({
  content: z.string(),
  mode: z.union([z.string(), z.int()]).optional().describe('Permissions in octal.'),
  owner: z
    .union([z.string().regex(/^\d{1,9}(?::\d{1,9})?$/, 'needs numbers of user and group, such as "103:103"'), z.int().min(0)])
    .optional()
    .describe('Numbers of user and group; root unless given.'),
});

/** Path in the container → content, or `{ content, mode, owner }`. At most 1 MiB in all. */
export const files = z
  .record(path, z.union([z.string(), file], 'needs text'), 'needs a map of paths and contents')
  .superRefine((value, context) => {
    let size = 0;
    for (const [at, given] of Object.entries(value)) {
      size += typeof given === 'string' ? given.length : given.content.length;
      if (typeof given !== 'string' && given.mode !== undefined && !/^0?[0-7]{3}$/.test(String(given.mode))) {
        context.addIssue({ code: 'custom', path: [at, 'mode'], message: 'needs permissions in octal, such as "644"' });
      }
    }
    if (size > MOST_BYTES) context.addIssue({ code: 'custom', message: 'has more than 1 MiB in all' });
  });

/** @param mode octal permissions of those that say none */
export function toFiles(value: z.infer<typeof files>, mode = 0o644): readonly FileSpec[] {
  return Object.entries(value).map(([at, given]) => {
    if (typeof given === 'string') return { path: at, content: given, mode };
    const [uid, gid] = given.owner === undefined ? [] : String(given.owner).split(':').map(Number);
    return {
      path: at,
      content: given.content,
      mode: given.mode === undefined ? mode : Number.parseInt(String(given.mode), 8),
      ...(uid ? { uid } : {}),
      ...(gid ? { gid } : {}),
    };
  });
}

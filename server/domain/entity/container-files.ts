import { z } from 'zod';
import type { FileSpec } from './container-spec.ts';

const MOST_BYTES = 1024 * 1024;

/** Path in the container → content, or `{ content, mode }`. At most 1 MiB in all. */
export const files = z
  .record(
    z.string().regex(/^\/(?!.*(?:^|\/)\.\.(?:\/|$))[^\0]*[^/\0]$/, 'needs an absolute path of a file, without “..”'),
    z.union([z.string(), z.strictObject({ content: z.string(), mode: z.union([z.string(), z.int()]).default('644') })], 'needs text'),
    'needs a map of paths and contents',
  )
  .superRefine((value, context) => {
    let size = 0;
    for (const [path, file] of Object.entries(value)) {
      size += typeof file === 'string' ? file.length : file.content.length;
      if (typeof file !== 'string' && !/^0?[0-7]{3}$/.test(String(file.mode))) {
        context.addIssue({ code: 'custom', path: [path, 'mode'], message: 'needs permissions in octal, such as "644"' });
      }
    }
    if (size > MOST_BYTES) context.addIssue({ code: 'custom', message: 'has more than 1 MiB in all' });
  });

export function toFiles(value: z.infer<typeof files>): readonly FileSpec[] {
  return Object.entries(value).map(([path, file]) => {
    if (typeof file === 'string') return { path, content: file, mode: 0o644 };
    return { path, content: file.content, mode: Number.parseInt(String(file.mode), 8) };
  });
}

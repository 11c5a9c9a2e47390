import { z } from 'zod';
import { isEmpty, texts, toTexts } from './config-texts.ts';
import type { HostFolder, VolumeDefinition, VolumeSpec } from './container-spec.ts';
import { objectName, refuseBesideExternal } from './external-thing.ts';
import { isHostFolder } from './host-access.ts';

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}$/;
const FOLDER = /^(\/[^:\0]*):(\/[^:\0]*?)(?::(ro|rw))?$/;
const NAMED = /^([a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}):(\/[^:\0]*?)(?::(ro|rw))?$/;

const mount = z.strictObject({
  source: z.string().optional().describe('Name of the volume; without it an empty one comes and goes with the container.'),
  target: z.string('needs the path in the container'),
  readOnly: z.boolean().optional(),
  noCopy: z.boolean().optional().describe('An empty volume is not filled with what the image has there.'),
});

/**
 * Volumes: a list of `name:/path`, `name:/path:ro` or `{ source, target, readOnly, noCopy }`, or a map name → path. A source that is an
 * absolute path is a folder of the host, which is host access.
 */
export const volumes = z
  .union([z.array(z.union([z.string(), mount])), z.record(z.string(), z.string())], 'needs a list of name:/path')
  .superRefine((value, context) => {
    const paths = new Set<string>();
    for (const [at, item] of items(value)) {
      const path = pathOf(item);
      const problem =
        (typeof item === 'string' ? textProblem(item) : mountProblem(item)) ?? (paths.has(path) ? `${path} is given twice` : null);
      if (problem !== null) context.addIssue({ code: 'custom', path: [at], message: problem });
      paths.add(path);
    }
  });

export function toVolumes(value: z.infer<typeof volumes>): readonly VolumeSpec[] {
  return items(value).flatMap(([, item]): readonly VolumeSpec[] => {
    if (typeof item !== 'string') {
      const { source, target, readOnly = false, noCopy } = item;
      return source === undefined || isHostFolder(source) ? [] : [{ name: source, path: target, readOnly, ...(noCopy ? { noCopy } : {}) }];
    }
    const match = NAMED.exec(item);
    return match?.[1] === undefined || match[2] === undefined ? [] : [{ name: match[1], path: match[2], readOnly: match[3] === 'ro' }];
  });
}

export function hostFolders(value: z.infer<typeof volumes>): readonly HostFolder[] {
  return items(value).flatMap(([, item]): readonly HostFolder[] => {
    if (typeof item !== 'string') {
      const { source, target, readOnly = false } = item;
      return source !== undefined && isHostFolder(source) ? [{ source, path: target, readOnly }] : [];
    }
    const match = FOLDER.exec(item);
    return match?.[1] === undefined || match[2] === undefined ? [] : [{ source: match[1], path: match[2], readOnly: match[3] === 'ro' }];
  });
}

/** Paths of volumes without a name. */
export function anonymousPaths(value: z.infer<typeof volumes>): readonly string[] {
  return items(value).flatMap(([, item]) => (typeof item !== 'string' && item.source === undefined ? [item.target] : []));
}

const definition = z
  .strictObject({
    external: objectName.optional().describe('Name on its host of a volume that others made; it is never removed.'),
    driver: z
      .string()
      .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.:/-]{0,127}$/, 'needs a volume driver such as local')
      .optional(),
    options: texts.optional().describe('Options of the driver.'),
    labels: texts.optional(),
  })
  .refine(({ options = {} }) => !bindsHost(options), {
    path: ['options'],
    message: 'give the container a folder of the host: name it in the volumes of the container instead',
  })
  .superRefine(refuseBesideExternal);

/** Volumes that an application declares: its containers share them. */
export const volumeDefinitions = z
  .record(z.string().regex(NAME, 'needs a name of letters, digits, “_”, “.” and “-”'), definition.nullable())
  .meta({
    title: 'Volumes',
    description: 'Volumes that containers of this application share; one that is not told here is a container’s own.',
  });

/** Definitions by name; empty for what is none. */
export function toVolumeDefinitions(value: unknown): Readonly<Record<string, VolumeDefinition>> {
  const parsed = volumeDefinitions.safeParse(value ?? {});
  if (!parsed.success) return {};
  return Object.fromEntries(
    Object.entries(parsed.data).map(([name, given]) => {
      const { external, driver, options, labels } = given ?? {};
      if (external !== undefined) return [name, { external }];
      return [
        name,
        {
          ...(driver === undefined || driver === 'local' ? {} : { driver }),
          ...(isEmpty(options) ? {} : { options: toTexts(options) }),
          ...(isEmpty(labels) ? {} : { labels: toTexts(labels) }),
        },
      ];
    }),
  );
}

/** The local driver mounts any device or folder it is told to; what comes over the network or from memory is none of the host's. */
function bindsHost(options: Readonly<Record<string, string | number | boolean>>): boolean {
  if (options.device === undefined) return false;
  return !/^(?:nfs4?|cifs|tmpfs)$/.test(String(options.type ?? '')) || /(?:^|,)r?bind(?:,|$)/.test(String(options.o ?? ''));
}

type Item = string | z.infer<typeof mount>;

function items(value: z.infer<typeof volumes>): readonly (readonly [string | number, Item])[] {
  if (Array.isArray(value)) return value.map((item, index) => [index, item] as const);
  return Object.entries(value).map(([name, path]) => [name, `${name}:${path}`] as const);
}

function textProblem(text: string): string | null {
  if (/^[.~]/.test(text) && text.includes(':'))
    return 'needs the absolute path of a folder of the host, or a name, such as data:/var/lib/data';
  if (text.startsWith('/') && !text.includes(':')) return `has no name; write data:${text}`;
  const match = NAMED.exec(text) ?? FOLDER.exec(text);
  return match === null ? 'needs name:/path, such as data:/var/lib/data' : pathProblem(pathOf(text));
}

function mountProblem({ source, target }: z.infer<typeof mount>): string | null {
  if (source !== undefined && !NAME.test(source) && !/^\/[^:\0]*$/.test(source))
    return 'needs a name of letters, digits, “_”, “.” and “-” as its source';
  return /^\/[^:\0]*$/.test(target) ? pathProblem(pathOf({ target })) : 'needs an absolute path as its target';
}

function pathProblem(path: string): string | null {
  return path.split('/').includes('..') ? 'has “..” in its path' : path === '/' ? 'cannot be the whole file system' : null;
}

function pathOf(item: Item): string {
  const path = typeof item === 'string' ? ((NAMED.exec(item) ?? FOLDER.exec(item))?.[2] ?? item) : item.target;
  return path.replace(/\/+$/, '') || '/';
}

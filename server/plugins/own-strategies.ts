import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { PerHost, PlacementStrategy } from '../domain/placement/placement.ts';
import type { PlacementPlugin } from '../domain/placement/placement-plugin.ts';
import { judging, madeOf, ordering, refusing, scoring } from '../domain/placement/strategy-kinds.ts';
import { ClockerError } from '../domain/shared/clocker-error.ts';
import { type FolderModules, isPluginFile } from './collect-plugins.ts';

/** What a strategy of one’s own is made with: its file exports as default a function that is given this. */
const KIT = { z, refusing, scoring, ordering, judging, madeOf };
export type StrategyKit = typeof KIT;

/**
 * Strategies in `<folder>/placement`, one a file, as modules of the folder of those that ship. They run in the server, with all that it may do:
 * the folder is for those who run it. @throws ClockerError internal naming the file, the reason and what to do
 */
export async function loadOwnStrategies(folder: string | undefined): Promise<FolderModules> {
  if (folder === undefined || folder === '') return new Map();
  const directory = path.resolve(folder, 'placement');
  if (!existsSync(directory)) throw unusable(directory, 'there is no such folder', 'Make it, or unset CLOCKER_PLUGINS.');
  const files = (await readdir(directory)).filter(isPluginFile).sort();
  const modules = files.map(async (file): Promise<[string, unknown]> => {
    const plugin = await make(path.join(directory, file));
    return [`${file} of ${directory}`, { plugin }];
  });
  return new Map(await Promise.all(modules));
}

async function make(file: string): Promise<PlacementPlugin> {
  const module: unknown = await import(/* @vite-ignore */ pathToFileURL(file).href).catch((error: unknown) => {
    throw unusable(file, `it cannot be loaded: ${textOf(error)}`, 'Mend it.');
  });
  const maker = typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined;
  if (typeof maker !== 'function') throw unusable(file, 'it has no default export that is a function', EXAMPLE);
  let made: unknown;
  try {
    made = maker(KIT);
  } catch (error) {
    throw unusable(file, `it fails: ${textOf(error)}`, 'Mend it.');
  }
  const checked = schema.safeParse(made);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw unusable(file, `what it makes is no strategy: ${issue?.path.join('.')}: ${issue?.message}`, EXAMPLE);
  }
  const { strategy, ...rest } = checked.data;
  return { ...rest, strategy: guarded(strategy) };
}

const EXAMPLE =
  'export default ({ z, refusing }) => ({ id: "even", title: "Even", description: "…", config: z.object({}), strategy: refusing((host) => …) })';

const schema = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'needs 1 to 63 of a-z, 0-9 and -'),
  title: z.string().min(1),
  description: z.string().min(1),
  aliases: z.array(z.string().min(1)).default([]),
  config: z.custom<z.ZodType>((value) => value instanceof z.ZodType, 'needs a schema made with z'),
  flags: z.record(z.string(), z.string()).default({}),
  strategy: z.custom<PlacementStrategy>(
    (value) => typeof value === 'object' && value !== null && 'apply' in value && 'perHost' in value && typeof value.perHost === 'object',
    'needs what refusing, scoring, ordering or judging gives',
  ),
});

/** A strategy that throws, or gives what is no answer, refuses the host with the reason: it ends no placement of others. */
function guarded({ perHost = {} }: PlacementStrategy): PlacementStrategy {
  const { refuse, score, spread } = perHost;
  return judging({
    ...perHost,
    refuse: (host, request, config) => {
      try {
        const refusal: unknown = refuse?.(host, request, config) ?? null;
        if (refusal !== null && typeof refusal !== 'string') return `fails: it gives ${typeof refusal}, not a reason or null`;
        const number: unknown = refusal === null && score !== undefined ? score.of(host, request, config) : 0;
        if (typeof number !== 'number' || Number.isNaN(number)) return 'fails: its score is no number';
        spread?.groupOf(host, config);
        return refusal;
      } catch (error) {
        return `fails: ${textOf(error)}`;
      }
    },
  } satisfies PerHost);
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function unusable(file: string, why: string, hint: string): ClockerError {
  return new ClockerError('internal', { message: `The plug-in ${file} cannot be used: ${why}`, hint });
}

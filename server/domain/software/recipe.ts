import type { FileSpec } from '../entity/container-spec.ts';
import { portRange } from '../entity/value-schemas.ts';
import { optional } from '../entity-types/config-values.ts';
import { downloadScript } from './download-script.ts';
import type { SoftwareCommands, SoftwarePlace } from './process-spec.ts';
import { quoted } from './shell-text.ts';

/** A recipe of a configuration tool, applied where its software runs: the tool has to be there. */
export interface Recipe {
  /** Its programs: any of them will do, the first that is there is `$TOOL`. */
  readonly programs: readonly string[];
  /** What to install where none is there. */
  readonly packages: string;
  /** Files or archives by the folder that they are unpacked into, below the run folder. */
  readonly sources: Readonly<Record<string, string>>;
  /** Written before they are fetched; paths are below the run folder. */
  readonly files: readonly { readonly path: string; readonly content: string }[];
  /** Applies it; begins in the run folder. */
  readonly apply: string;
  readonly service: RecipeService;
}

/** What a recipe leaves running. Scripts win over the name of a service of the machine. */
export interface RecipeService {
  readonly name: string | null;
  readonly start: string | null;
  readonly stop: string | null;
  /** Absolute path of the file with its process id. */
  readonly pidFile: string | null;
}

/** Config of all types that a recipe makes. */
export const RECIPE_CONFIG = {
  'http.port': optional(portRange, 'HTTP port', 'Where it serves pages: gives http.port and main.uri.'),
};

export const RECIPE_FLAGS = { httpPort: 'http.port' } as const;

export const RECIPE_SENSORS = [
  { name: 'http.port', type: 'number', description: 'Port of its host where it serves pages' },
  { name: 'main.uri', type: 'string', description: 'Where a browser finds it' },
] as const;

const PRIVATE = 0o600;

/** The scripts of software that a recipe makes: fetched and applied when it is customised, its service started, asked for and stopped by name. */
export function recipeCommands(recipe: Recipe, place: SoftwarePlace): SoftwareCommands {
  const { files, service } = recipe;
  return {
    install: requireTool(recipe),
    customize: [requireTool(recipe), ...fetches(recipe, place), `cd ${quoted(place.runDir)} || exit 1`, recipe.apply].join('\n'),
    launch: launchOf(service),
    check: checkOf(service),
    stop: stopOf(service),
    files: files.map(({ path, content }): FileSpec => ({ path: `${place.runDir}/${path}`, content, mode: PRIVATE })),
  };
}

/** Where several sources are unpacked in one run, a failed one ends it. What is fetched has a folder of its own: it may be called as a file of the recipe is. */
function fetches({ sources }: Recipe, place: SoftwarePlace): readonly string[] {
  const downloads = quoted(`${place.runDir}/downloads`);
  return Object.entries(sources).map(([folder, url]) => {
    const into = { ...place, expandedDir: `${place.runDir}/${folder}` };
    return `mkdir -p ${quoted(parentOf(into.expandedDir))} ${downloads} && cd ${downloads} || exit 1\n( ${downloadScript(into, url)} ) || exit 1`;
  });
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

function requireTool({ programs, packages }: Pick<Recipe, 'programs' | 'packages'>): string {
  return `TOOL=
for t in ${programs.map(quoted).join(' ')}; do
  if command -v "$t" >/dev/null 2>&1; then TOOL=$t; break; fi
done
if [ -z "$TOOL" ]; then
  echo ${quoted(`${programs.join(' or ')} is not there. Install it, as ${packages}: give pre.install.command, or an image that has it`)} >&2
  exit 1
fi`;
}

function launchOf({ name, start }: RecipeService): string | null {
  return start ?? (name === null ? null : onService(name, 'start'));
}

function checkOf({ name, pidFile }: RecipeService): string | null {
  if (pidFile !== null) return `kill -0 "$(cat ${quoted(pidFile)} 2>/dev/null)" 2>/dev/null`;
  return name === null ? null : onService(name, 'status');
}

function stopOf({ name, stop, pidFile }: RecipeService): string | null {
  if (stop !== null) return stop;
  if (name !== null) return onService(name, 'stop');
  return pidFile === null ? null : endProcess(pidFile);
}

/** SIGTERM, and SIGKILL after 20 s. What is no process id ends nothing. */
function endProcess(pidFile: string): string {
  return `p=$(cat ${quoted(pidFile)} 2>/dev/null)
case $p in ''|0*|*[!0-9]*) exit 0 ;; esac
kill "$p" 2>/dev/null || exit 0
n=0
while kill -0 "$p" 2>/dev/null; do
  n=$((n + 1)); [ $n -le 100 ] || { kill -KILL "$p"; exit; }
  sleep 0.2 2>/dev/null || { n=$((n + 4)); sleep 1; }
done`;
}

/** By systemd where that runs, else by the script of the service. */
function onService(name: string, verb: 'start' | 'status' | 'stop'): string {
  const service = quoted(name);
  const systemd = verb === 'status' ? `is-active --quiet ${service}` : `${verb} ${service}`;
  return `if [ -d /run/systemd/system ]; then systemctl ${systemd}; else service ${service} ${verb} >/dev/null; fi`;
}

/** Config as a text; null where it is not given, or empty. */
export function textOrNull(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** A list of texts, which may be given as one text with commas. */
export function listOf(value: unknown): readonly string[] {
  const items = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [];
  return items.flatMap((item) => textOrNull(item)?.trim() ?? []);
}

import { sourcesIn } from './archives.ts';
import type { SoftwareConfig } from './to-process-spec.ts';

export interface WebArchive {
  /** URL, or folder beside the blueprint. */
  readonly source: string;
  /** `/`, `/shop` */
  readonly context: string;
}

export const WAR_KEYS = ['wars.root', 'wars.named', 'wars.by.context'] as const;

/** What `wars.root`, `wars.named` and `wars.by.context` ask for; of two at one path the last. */
export function webArchives(config: SoftwareConfig): readonly WebArchive[] {
  const named = sourcesIn('wars.named', config['wars.named']);
  const placed = config['wars.by.context'];
  const byContext = typeof placed === 'object' && placed !== null && !Array.isArray(placed) ? Object.entries(placed) : [];
  const all = [
    ...sourcesIn('wars.root', config['wars.root']).map((source): WebArchive => ({ source, context: '/' })),
    ...named.map((source): WebArchive => ({ source, context: contextOf(source) })),
    ...byContext.flatMap(([context, source]): readonly WebArchive[] =>
      typeof source === 'string' ? [{ source, context: `/${safe(context)}` }] : [],
    ),
  ];
  return [...new Map(all.map((archive) => [archive.context, archive])).values()];
}

/** The file's own name without `.war`; `ROOT.war` is served at `/`. */
function contextOf(source: string): string {
  const file = source.replace(/\/+$/, '').replace(/^.*\//, '');
  const name = safe(file.replace(/\.(?:war|ear|zip)$/i, ''));
  return name === 'ROOT' ? '/' : `/${name}`;
}

/** Letters, digits, `.`, `_`, `-` and `/` between names: nothing that climbs out of a folder. */
function safe(path: string): string {
  const names = path.split('/').filter((name) => name !== '' && name !== '.' && name !== '..');
  return names.map((name) => name.replaceAll(/[^A-Za-z0-9._-]/g, '-')).join('/');
}

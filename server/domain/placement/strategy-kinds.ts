import type { HostId } from '../shared/ids.ts';
import type { Json } from '../shared/json.ts';
import type { HostView, PlacementContext, PlacementRequest, PlacementStrategy } from './placement.ts';

type Config = Readonly<Record<string, Json>>;

/** A strategy that looks at one host at a time: a reason to refuse it, or null. */
export function refusing(refuse: (host: HostView, request: PlacementRequest, config: Config) => string | null): PlacementStrategy {
  return {
    apply(hosts, request, config) {
      const fitting: HostView[] = [];
      const refused: { readonly hostId: HostId; readonly reason: string }[] = [];
      for (const host of hosts) {
        const reason = refuse(host, request, config);
        if (reason === null) fitting.push(host);
        else refused.push({ hostId: host.id, reason });
      }
      return { hosts: fitting, refused };
    },
  };
}

/** A strategy that orders hosts by a number of each, the smallest first; equal ones keep their order, so that of several the last decides. */
export function scoring(
  ordered: string,
  score: (host: HostView, request: PlacementRequest, config: Config, context: PlacementContext) => number,
): PlacementStrategy {
  return {
    apply(hosts, request, config, context) {
      const scores = new Map(hosts.map((host) => [host.id, score(host, request, config, context)]));
      const of = (host: HostView): number => scores.get(host.id) ?? 0;
      return { hosts: hosts.toSorted((a, b) => of(a) - of(b)), refused: [], ordered };
    },
  };
}

/** A part from 0 to 1 of config, as a number or text. */
export function partOf(config: Config, key: string, otherwise: number): number {
  const value = Number(config[key] ?? otherwise);
  return Number.isFinite(value) ? value : otherwise;
}

export function percent(part: number): string {
  return `${Math.round(part * 100)} %`;
}

export function gibibytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
}

/** Texts of config: a list, or one text with several on lines or with commas. */
export function textsOf(value: Json | undefined): readonly string[] {
  const items = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  return items
    .flatMap((item) => String(item).split(/[\n,]/))
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

import { rounded } from '../bench.ts';
import { medianInterval } from './median-interval.ts';
import { medianRounded, type ProviderRow, ratios } from './provider-row.ts';

/** Figures of a row by name: medians, and of the ratio to the VXLAN made by hand the interval that holds its median with 95 in 100. */
export function toFigures(row: ProviderRow): Readonly<Record<string, number>> {
  const { median, low, high } = medianInterval(ratios(row.ours, row.handBuilt));
  return {
    toHandBuilt: rounded(median),
    toHandBuiltLow: rounded(low),
    toHandBuiltHigh: rounded(high),
    toDirect: medianRounded(ratios(row.ours, row.direct)),
    pingMs: medianRounded(row.ping),
    pingToDirect: medianRounded(ratios(row.ping, row.directPing)),
    attachOverFloorMs: medianRounded(row.attachOverFloorMs),
    firstAttachOverFloorMs: medianRounded(row.firstAttachOverFloorMs),
    reprogramMs: medianRounded(row.reprogramMs),
    moveOutageMs: medianRounded(row.moveOutageMs),
  };
}

/** All providers in one table, as lines of text. */
export function toTable(rows: readonly ProviderRow[]): readonly string[] {
  const cells = rows.map((row): readonly string[] => {
    const figures = toFigures(row);
    const { toHandBuilt, toHandBuiltLow, toHandBuiltHigh, ...others } = figures;
    return [row.name, `${toHandBuilt} (${toHandBuiltLow}-${toHandBuiltHigh})`, ...Object.values(others).map(String)];
  });
  const lines = [HEADS, ...cells];
  const widths = HEADS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}

const HEADS = [
  'provider',
  'to hand-built',
  'to direct',
  'ping ms',
  'ping to direct',
  'attach ms',
  'first attach ms',
  '1,000 endpoints ms',
  'move outage ms',
];

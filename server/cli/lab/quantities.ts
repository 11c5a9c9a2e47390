import { InvalidArgumentError } from 'commander';

const UNITS = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 } as const;

/** Bytes from `512m`, `4g`, `1.5gib` or a plain number. */
export function parseBytes(text: string): number {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*([kmg]?)(?:i?b)?$/i.exec(text.trim()) ?? [];
  const factor = Object.entries(UNITS).find(([name]) => name === unit.toLowerCase())?.[1];
  if (number === '' || factor === undefined) throw new InvalidArgumentError('Give a size such as 512m or 4g.');
  return Math.round(Number(number) * factor);
}

/** `4 GiB`, `512 MiB`; `none` for 0. */
export function formatBytes(bytes: number): string {
  if (bytes === 0) return 'none';
  const [factor, unit] = bytes >= UNITS.g ? [UNITS.g, 'GiB'] : [UNITS.m, 'MiB'];
  return `${Number((bytes / factor).toFixed(1))} ${unit}`;
}

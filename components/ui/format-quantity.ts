const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** IEC bytes with at most three digits: `0 B`, `512 MiB`, `1.5 GiB`. */
export function formatBytes(bytes: number): string {
  let value = Math.abs(bytes);
  let unit = 0;
  while (value >= 1023.5 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${bytes < 0 ? '-' : ''}${trim(value.toFixed(digits))} ${UNITS[unit]}`;
}

/** A rate of bytes, given bytes a second: `1.5 MiB/s`. */
export function formatByteRate(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`;
}

/** CPUs: `0.25`, `1.5`, `16`. 1 is one whole CPU. */
export function formatCpus(cpus: number): string {
  return trim(cpus >= 9.995 ? cpus.toFixed(1) : cpus.toFixed(2));
}

/** A share 0-1 as a whole per cent, one decimal under 10 %: `0 %`, `3.4 %`, `82 %`. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  return `${percent > 0 && percent < 9.95 ? trim(percent.toFixed(1)) : Math.round(percent)} %`;
}

/** Plain numbers with at most four significant digits. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en-US');
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3;
  return trim(value.toFixed(digits));
}

/** `1 container`, `2 containers`. */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

function trim(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

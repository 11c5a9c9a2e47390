const UNITS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'scalar-unit.size': {
    b: 1,
    kb: 1e3,
    kib: 1024,
    mb: 1e6,
    mib: 1024 ** 2,
    gb: 1e9,
    gib: 1024 ** 3,
    tb: 1e12,
    tib: 1024 ** 4,
  },
  'scalar-unit.time': { d: 86_400, h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, ns: 1e-9 },
  'scalar-unit.frequency': { hz: 1, khz: 1e3, mhz: 1e6, ghz: 1e9 },
  'scalar-unit.bitrate': {
    bps: 1,
    kbps: 1e3,
    kibps: 1024,
    mbps: 1e6,
    mibps: 1024 ** 2,
    gbps: 1e9,
    gibps: 1024 ** 3,
    tbps: 1e12,
    tibps: 1024 ** 4,
  },
};

/** Bytes, seconds, hertz or bits a second of `4 GB`, `1.5 h`, `2.4 GHz`, `10 Mbps`; null where it is none of that type. */
export function parseScalarUnit(text: string, type: string): number | null {
  const match = /^\s*(-?\d{1,15}(?:\.\d{1,9})?|\.\d{1,9})\s*([A-Za-z]+)\s*$/.exec(text);
  const units = Object.hasOwn(UNITS, type) ? UNITS[type] : undefined;
  const factor = units === undefined || match?.[2] === undefined ? undefined : units[match[2].toLowerCase()];
  return match === null || factor === undefined ? null : Number(match[1]) * factor;
}

/** `B, kB, KiB, …` of a type, for messages. */
export function unitExample(type: string): string {
  switch (type) {
    case 'scalar-unit.size':
      return 'a size with a unit, such as 4 GB';
    case 'scalar-unit.time':
      return 'a time with a unit, such as 30 s';
    case 'scalar-unit.frequency':
      return 'a frequency with a unit, such as 2.4 GHz';
    default:
      return 'a bitrate with a unit, such as 10 Mbps';
  }
}

import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { parsePorts } from './port-ranges.ts';
import { boolean, byteSize, double, float, integer, long, portRange, text, timestamp } from './value-schemas.ts';

const messageOf = (schema: z.ZodType, value: unknown) => schema.safeParse(value).error?.issues[0]?.message ?? null;

describe('a value of a type', () => {
  it.each<readonly [string, z.ZodType, readonly unknown[]]>([
    ['integer', integer, [0, -5, '8080', '+7', 2_147_483_647, -2_147_483_648]],
    ['long', long, [2_147_483_648, '9223372036854775807', '-9223372036854775808']],
    ['double', double, [1, 1.5, '1e300', '-.5', '2.']],
    ['float', float, [1.5, '3.4e38']],
    ['boolean', boolean, [true, 'false', 'TRUE']],
    ['text', text, ['a', 5, false, '']],
    ['byte size', byteSize, ['512m', '1.5 GiB', 1024]],
    ['timestamp', timestamp, ['2026-11-25', '2026-11-25T10:30:00Z', '2026-11-25 10:30', 1_700_000_000_000]],
    ['port range', portRange, [8080, '8080', '8000-9000', '8080+', '80, 8080,9000-9010', [80, '8080+'], '65535+']],
  ])('%s is taken in every form that loses nothing, as it is written', (_, schema, values) => {
    for (const value of values) expect(schema.safeParse(value)).toEqual({ success: true, data: value });
  });

  it.each<readonly [string, z.ZodType, unknown, string]>([
    ['an integer that overflows', integer, 2_147_483_648, 'from -2147483648 to 2147483647'],
    ['an integer that overflows in quotes', integer, '99999999999', 'from -2147483648 to 2147483647'],
    ['a part of a number', integer, 1.5, 'needs a whole number'],
    ['a number as a word', integer, 'five', 'needs a whole number'],
    ['a list for an integer', integer, [1], 'needs a whole number'],
    ['a long that overflows', long, '9223372036854775808', 'to 9223372036854775807'],
    ['a number far beyond a long', long, 1e30, 'to 9223372036854775807'],
    ['a double that overflows', double, '1e999', 'at most'],
    ['a float that overflows', float, 1e39, 'at most 3.4028e+38'],
    ['a number with a unit', double, '5s', 'needs a number'],
    ['yes', boolean, 'yes', 'needs true or false'],
    ['1 for a boolean', boolean, 1, 'needs true or false'],
    ['a map for a text', text, {}, 'needs a text'],
    ['lots', byteSize, 'lots', 'needs a size'],
    ['a day that is not there', timestamp, '2026-13-45', 'needs a date'],
    ['a word for a date', timestamp, 'tomorrow', 'needs a date'],
  ])('is not %s', (_, schema, value, message) => {
    expect(messageOf(schema, value)).toContain(message);
  });
});

describe('ports', () => {
  it('are ranges in their order', () => {
    expect(parsePorts('8080, 9000-9002,10000+')).toEqual({
      ok: true,
      ranges: [
        { from: 8080, to: 8080 },
        { from: 9000, to: 9002 },
        { from: 10_000, to: 65_535 },
      ],
    });
  });

  it.each([
    [0, 'and 0 is none'],
    [-1, 'and -1 is below'],
    [65_536, 'and 65536 is beyond'],
    ['80-70', 'counts down: write 70-80'],
    ['abc', 'not “abc”'],
    ['80:80:80:80', 'is a mapping of ports'],
    ['53/udp', 'without a protocol'],
    [80.5, 'needs a whole number'],
    ['80,,81', 'an empty place'],
    ['65000-70000', 'and 70000 is beyond'],
    [[], 'at least one port'],
    [[80, null], 'needs a port such as'],
    [true, 'needs a port such as'],
  ])('that are wrong have a message of their own: %j', (value, message) => {
    expect(parsePorts(value)).toMatchObject({ ok: false, message: expect.stringContaining(message) });
  });
});

import { describe, expect, it } from 'vitest';
import { plugin } from './rabbitmq.ts';

const takes = (config: Record<string, unknown>) => plugin.config.safeParse(config).success;

describe('rabbitmq', () => {
  it('wants a user and a password together', () => {
    expect(
      [{}, { 'rabbitmq.user': 'ann', 'rabbitmq.password': 'x' }, { 'rabbitmq.user': 'ann' }, { 'rabbitmq.password': 'x' }].map(takes),
    ).toEqual([true, true, false, false]);
  });

  it.each(['a b', 'a#b', "a'b", 'a\nlisteners.tcp.default = 1', 'a$(log.console)', ''])(
    'takes no password that its configuration would read otherwise: %j',
    (password) => {
      expect(takes({ 'rabbitmq.user': 'ann', 'rabbitmq.password': password })).toBe(false);
    },
  );
});

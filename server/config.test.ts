import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { ClockerError } from './domain/shared/clocker-error.ts';

function refusal(environment: Readonly<Record<string, string>>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ClockerError) return error.message;
    throw error;
  }
  return 'taken';
}

describe('the environment', () => {
  it('needs nothing', () => {
    expect(readConfig({})).toMatchObject({ port: 8081, host: '127.0.0.1', hostLostAfterMs: 15_000 });
  });

  it('refuses a silence that hosts are not asked often enough for, and says what will do', () => {
    expect(readConfig({ CLOCKER_HOST_LOST_AFTER_MS: '8000' }).hostLostAfterMs).toBe(8_000);
    expect(refusal({ CLOCKER_HOST_LOST_AFTER_MS: '4000' })).toMatch(/CLOCKER_HOST_LOST_AFTER_MS: must be at least 8000/);
    expect(refusal({ CLOCKER_HOST_LOST_AFTER_MS: 'soon' })).toMatch(/must be a number of milliseconds/);
    expect(refusal({ CLOCKER_HOST_LOST_AFTER_MS: '9999999' })).toMatch(/at most 3600000/);
  });

  it('names each variable that is wrong', () => {
    expect(refusal({ PORT: '99999', CLOCKER_CONSOLE: 'maybe' })).toMatch(/PORT: .*CLOCKER_CONSOLE: /);
  });
});

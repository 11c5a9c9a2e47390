import { expect, it } from 'vitest';
import type { LocalPlan } from '@/components/planner/use-plan.ts';
import type { Diagnostic } from '@/server/domain/blueprint/diagnostic.ts';
import { findingsOf } from './findings-of.ts';

const finding = (code: string): Diagnostic => ({ code, severity: 'error', message: code, line: 1, column: 1, path: '' });

it('adds to what the page found what only the server can know', () => {
  const input = { text: 'services: []' };
  const result = { ok: false as const, diagnostics: [finding('unknown-type')] };
  const local: LocalPlan = { input, reading: { result, format: 'camp' }, error: null } as unknown as LocalPlan;
  const answer = {
    diagnostics: [finding('unknown-type'), finding('secret-missing'), finding('location-unsupported'), finding('config-invalid')],
  };
  expect(findingsOf(local, answer, input).map(({ code }) => code)).toEqual(['unknown-type', 'secret-missing', 'location-unsupported']);
  expect(findingsOf(local, answer, { text: 'newer' }).map(({ code }) => code)).toEqual(['unknown-type']);
});

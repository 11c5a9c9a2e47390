import { describe, expect, it } from 'vitest';
import { toErrorView, toFieldErrors } from './to-error-view.ts';

const failed = (message: string, data: unknown) => Object.assign(new Error(message), { data });

describe('toErrorView', () => {
  it('takes code, hint and retryable from the answer of the API', () => {
    const error = failed('Cannot reach h1', { code: 'host.unreachable', hint: 'Check the address.', retryable: true });
    expect(toErrorView(error)).toEqual({
      code: 'host.unreachable',
      message: 'Cannot reach h1',
      hint: 'Check the address.',
      retryable: true,
    });
  });
  it('says that the server did not answer when there is no answer', () => {
    expect(toErrorView(new TypeError('Failed to fetch'))).toMatchObject({ code: 'deadline', retryable: true });
  });
  it('gives the refused fields by path', () => {
    const error = failed('labels.rack: too long', {
      code: 'input.invalid',
      fields: [{ path: 'labels.rack', message: 'too long' }],
    });
    expect(toFieldErrors(error)).toEqual({ 'labels.rack': 'too long' });
  });
});

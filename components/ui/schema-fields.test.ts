import { describe, expect, it } from 'vitest';
import { schemaFields, toJsonValue } from './schema-fields.ts';

describe('forms from JSON schema', () => {
  it('asks only for what is required and has no default', () => {
    const fields = schemaFields({
      type: 'object',
      properties: { limit: { type: 'integer', default: 16 }, label: { type: 'string' }, order: { enum: ['asc', 'desc'] } },
      required: ['limit', 'label'],
    });
    expect(fields.map(({ name, kind, required, fallback }) => [name, kind, required, fallback])).toEqual([
      ['limit', 'number', false, '16'],
      ['label', 'string', true, ''],
      ['order', 'choice', false, ''],
    ]);
  });
  it('leaves out what is empty and keeps wrong numbers as typed, for the server to refuse', () => {
    expect([toJsonValue({ kind: 'number' }, ' '), toJsonValue({ kind: 'number' }, '8'), toJsonValue({ kind: 'number' }, 'x')]).toEqual([
      undefined,
      8,
      'x',
    ]);
  });
  it('reads lists and objects as JSON', () => {
    expect(toJsonValue({ kind: 'json' }, '["a"]')).toEqual(['a']);
  });
});

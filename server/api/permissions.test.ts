import { describe, expect, it } from 'vitest';
import { listProcedures } from './list-procedures.ts';
import { permissionsTable } from './permissions-table.ts';
import { openApiDocument } from './rest/document.ts';

describe('procedures', () => {
  it('are those of docs/design/permissions.md, with the permissions told there', async () => {
    await expect(permissionsTable()).toMatchFileSnapshot('../../docs/design/permissions.md');
  });

  it('say who may call them, and only the two of set-up are public', () => {
    const open = listProcedures().filter(({ meta }) => meta.access.permission === 'public');
    expect(open.map(({ path }) => path)).toEqual(['setup.createAdmin', 'setup.status']);
  });

  it('refuse fields that they do not know', () => {
    for (const { path, input } of listProcedures()) {
      const { error } = input.safeParse({ surely: 'not a field' });
      expect(
        error?.issues.some(({ code }) => code === 'unrecognized_keys'),
        path,
      ).toBe(true);
    }
  });

  it('are all described by OpenAPI, except subscriptions', () => {
    const described = Object.values(openApiDocument({ version: '1', baseUrl: 'http://localhost' }).paths ?? {}).flatMap((path) =>
      Object.keys(path),
    );
    expect(described).toHaveLength(listProcedures().filter(({ type }) => type !== 'subscription').length);
  });
});

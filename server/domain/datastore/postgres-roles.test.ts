import { describe, expect, it } from 'vitest';
import { createRoles, grantRoles } from './postgres-roles.ts';

describe('roles of a database', () => {
  const roles = { 'Dev"s': { properties: ['CREATEDB', 'LOGIN'], privileges: 'SELECT ON ALL TABLES IN SCHEMA public' }, Plain: null };

  it('are made with their properties, names quoted', () => {
    expect(createRoles(roles)).toBe('CREATE ROLE "Dev""s" WITH CREATEDB LOGIN;\nCREATE ROLE "Plain";\n');
  });

  it('get each privilege in a statement of its own', () => {
    expect(grantRoles({ ...roles, Two: { privileges: ['a', 'b'] } })).toBe(
      'GRANT SELECT ON ALL TABLES IN SCHEMA public TO "Dev""s";\nGRANT a TO "Two";\nGRANT b TO "Two";\n',
    );
  });
});

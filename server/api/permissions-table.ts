import { permissionsOf, type Role } from '../domain/shared/permissions.ts';
import { type ListedProcedure, listProcedures } from './list-procedures.ts';

const ROLES: readonly Role[] = ['viewer', 'operator', 'admin'];

const INTRODUCTION = `# Who may call what
Generated from the procedures' declarations; a test compares it (\`npx vitest run --project unit -u server/api/permissions\` writes it anew).

A role is given on a scope: the whole installation, a cloud, or an application. A wider scope includes the narrower. *Scope* is where
the role is needed: \`system\` the whole installation; \`cloud\` and \`application\` the one that the input names; \`anywhere\` any scope,
and the answer holds only what the caller may read. What a caller may not read is answered like what does not exist.
`;

/** The table of docs/design/permissions.md. */
export function permissionsTable(): string {
  const header = `| procedure | kind | scope | ${ROLES.join(' | ')} |\n|---|---|---|${ROLES.map(() => '---').join('|')}|`;
  return `${INTRODUCTION}\n${header}\n${listProcedures().map(toRow).join('\n')}\n`;
}

function toRow({ path, type, meta: { access } }: ListedProcedure): string {
  return `| \`${path}\` | ${type} | ${access.scope} | ${ROLES.map((role) => cell(access.permission, role)).join(' | ')} |`;
}

function cell(permission: ListedProcedure['meta']['access']['permission'], role: Role): string {
  if (permission === 'public') return 'anybody';
  if (permission === 'signed-in') return 'own';
  return permissionsOf(role).includes(permission) ? 'yes' : '–';
}

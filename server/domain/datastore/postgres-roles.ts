import { z } from 'zod';

const words = z.union([z.string(), z.array(z.string())], 'needs a text or a list of texts');
const role = z.looseObject({ properties: words.optional(), privileges: words.optional() }).nullable();

/** Brooklyn's roles of a database: by name, properties of CREATE ROLE and what GRANT takes before TO. */
export const roles = z.record(z.string().min(1), role, 'needs a map of roles, each with properties and privileges');

type Roles = z.infer<typeof roles>;

/** SQL that makes the roles; it is run before the creation script. */
export function createRoles(given: Roles): string {
  return lines(given, (name, value) => [['CREATE ROLE', name, ...withProperties(listed(value?.properties))].join(' ')]);
}

/** SQL that gives them their privileges, on what the creation script has made. */
export function grantRoles(given: Roles): string {
  return lines(given, (name, value) => listed(value?.privileges).map((privilege) => `GRANT ${privilege} TO ${name}`));
}

function lines(given: Roles, of: (name: string, role: Roles[string]) => readonly string[]): string {
  return Object.entries(given)
    .flatMap(([name, one]) => of(`"${name.replaceAll('"', '""')}"`, one))
    .map((line) => `${line};\n`)
    .join('');
}

function withProperties(properties: readonly string[]): readonly string[] {
  return properties.length === 0 ? [] : ['WITH', ...properties];
}

function listed(given: string | readonly string[] | undefined): readonly string[] {
  return given === undefined ? [] : typeof given === 'string' ? [given] : given;
}

import { z } from 'zod';
import { listProcedures } from '../list-procedures.ts';

export interface Route {
  readonly method: string;
  /** `['applications', '{applicationId}']` */
  readonly segments: readonly string[];
  /** Dotted path of the procedure. */
  readonly procedure: string;
  readonly isPublic: boolean;
  /** JSON type of each field of the input, by which texts of a query string are read. */
  readonly fieldTypes: Readonly<Record<string, string>>;
}

export interface Match {
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}

/** All procedures that have a REST address. */
export function listRoutes(): readonly Route[] {
  return listProcedures().flatMap(({ path, meta, input }) => {
    if (!meta.openapi) return [];
    const segments = meta.openapi.path.split('/').filter(Boolean);
    const isPublic = meta.access.permission === 'public';
    return [{ method: meta.openapi.method, segments, procedure: path, isPublic, fieldTypes: fieldTypesOf(input) }];
  });
}

/** Fixed segments win over parameters. Null when no route has this address. */
export function matchRoute(routes: readonly Route[], method: string, path: string): Match | null {
  const segments = path.split('/').filter(Boolean);
  const fitting = routes.filter((route) => route.method === method && route.segments.length === segments.length);
  const matches = fitting.flatMap((route) => {
    const parameters = parametersOf(route, segments);
    return parameters ? [{ route, parameters }] : [];
  });
  return matches.sort((a, b) => Object.keys(a.parameters).length - Object.keys(b.parameters).length)[0] ?? null;
}

/** A query string's texts as the types that the procedure's input has. What does not fit stays text and fails validation. */
export function readQuery(route: Route, query: URLSearchParams): Record<string, unknown> {
  return Object.fromEntries(
    [...new Set(query.keys())].map((key) => {
      const values = query.getAll(key);
      return [key, route.fieldTypes[key] === 'array' ? values : readText(values[0] ?? '', route.fieldTypes[key])];
    }),
  );
}

function readText(text: string, type: string | undefined): unknown {
  if ((type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

function parametersOf(route: Route, segments: readonly string[]): Record<string, string> | null {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of route.segments.entries()) {
    const given = segments[index] ?? '';
    if (segment.startsWith('{')) parameters[segment.slice(1, -1)] = given;
    else if (segment !== given) return null;
  }
  return parameters;
}

function fieldTypesOf(input: z.ZodType): Readonly<Record<string, string>> {
  const { properties = {} } = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, { type?: string }>;
  };
  return Object.fromEntries(Object.entries(properties).flatMap(([name, schema]) => (schema.type ? [[name, schema.type]] : [])));
}

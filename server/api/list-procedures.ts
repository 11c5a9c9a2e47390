import type { z } from 'zod';
import { ClockerError } from '../domain/shared/clocker-error.ts';
import { appRouter } from './router.ts';
import { type ProcedureMeta, PUBLIC_PROCEDURES } from './trpc.ts';

export interface ListedProcedure {
  /** `application.deploy` */
  readonly path: string;
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly meta: ProcedureMeta;
  readonly input: z.ZodType;
}

interface ProcedureDefinition {
  readonly type: ListedProcedure['type'];
  readonly meta?: ProcedureMeta;
  readonly inputs: readonly z.ZodType[];
}

/**
 * Every procedure of the API, by name. Run at start, so that none is served that does not say who may call it.
 * @throws ClockerError internal for a procedure made without one of our builders.
 */
export function listProcedures(): readonly ListedProcedure[] {
  const procedures = appRouter._def.procedures as unknown as Readonly<Record<string, { readonly _def: ProcedureDefinition }>>;
  return Object.entries(procedures)
    .map(([path, { _def }]) => toListed(path, _def))
    .sort((a, b) => a.path.localeCompare(b.path));
}

function toListed(path: string, { type, meta, inputs }: ProcedureDefinition): ListedProcedure {
  const [input] = inputs;
  if (!meta?.access || !input) throw new ClockerError('internal', { message: `Procedure ${path} does not say who may call it` });
  const allowed: readonly string[] = PUBLIC_PROCEDURES;
  if (meta.access.permission === 'public' && !allowed.includes(path)) {
    throw new ClockerError('internal', { message: `Procedure ${path} is public but not on the list of public procedures` });
  }
  return { path, type, meta, input };
}

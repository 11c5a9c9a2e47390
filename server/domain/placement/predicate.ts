import { Environment } from '@marcbachmann/cel-js';
import type { HostView, PlacementRequest } from './placement.ts';

/** True, false, or why it cannot be told: a label that a host has not. */
export type Predicate = (host: HostView, request: PlacementRequest) => boolean | string;

const MAP = 'map<string, dyn>';

/** What an expression may be made of: more is written by nobody, and would take long. */
const LIMITS = { maxAstNodes: 500, maxDepth: 50, maxListElements: 200, maxMapEntries: 200, maxCallArguments: 20 };

const ENVIRONMENT = new Environment({ limits: LIMITS })
  .registerVariable('host', MAP)
  .registerVariable('container', MAP)
  .registerVariable('application', MAP);

const MOST_KNOWN = 200;
const known = new Map<string, Predicate>();

/** What is wrong with an expression, or null. It must give true or false. */
export function predicateProblem(expression: string): string | null {
  try {
    const { valid, type, error } = ENVIRONMENT.parse(expression).check();
    if (!valid) return firstLine(error?.message ?? 'it cannot be read');
    return type === 'bool' || type === 'dyn' ? null : `it gives ${type}, not true or false`;
  } catch (error) {
    return firstLine(error instanceof Error ? error.message : String(error));
  }
}

/** Compiled once for each text. */
export function compilePredicate(expression: string): Predicate {
  const before = known.get(expression);
  if (before !== undefined) return before;
  const made = make(expression);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(expression, made);
  return made;
}

function make(expression: string): Predicate {
  const problem = predicateProblem(expression);
  if (problem !== null) return () => problem;
  const evaluate = ENVIRONMENT.parse(expression);
  return (host, request) => {
    try {
      const answer: unknown = evaluate({ host: toHost(host), container: toContainer(request), application: { name: request.application } });
      return typeof answer === 'boolean' ? answer : 'it gives neither true nor false';
    } catch (error) {
      return firstLine(error instanceof Error ? error.message : String(error));
    }
  };
}

/** Whole numbers are CEL's integers; what is not known is -1. */
function toHost(host: HostView): Readonly<Record<string, unknown>> {
  return {
    name: host.name,
    labels: host.labels,
    containers: BigInt(host.containers),
    foreignContainers: BigInt(host.foreignContainers),
    siblings: BigInt(host.siblings),
    cpu: host.cpu ?? -1,
    cpus: host.cpus ?? -1,
    memoryBytes: BigInt(Math.round(host.memoryBytes ?? -1)),
    memoryUsedBytes: BigInt(Math.round(host.memoryUsedBytes ?? -1)),
    region: host.place.region ?? '',
    zone: host.place.zone ?? '',
    country: host.place.country ?? '',
  };
}

function toContainer(request: PlacementRequest): Readonly<Record<string, unknown>> {
  return {
    name: request.name,
    type: request.type,
    image: request.image,
    labels: request.labels,
    cpus: request.cpus ?? -1,
    memoryBytes: BigInt(Math.round(request.memoryBytes ?? -1)),
  };
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}

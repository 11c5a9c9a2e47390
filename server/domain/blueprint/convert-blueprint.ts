import { printCompose } from '../compose/print-compose.ts';
import type { LeftOut } from '../compose/printer.ts';
import type { BlueprintFormat, BlueprintInput } from './blueprint-input.ts';
import type { Diagnostic } from './diagnostic.ts';
import { createFindings } from './findings.ts';
import { planApplication } from './plan-application.ts';
import { printCamp } from './print-camp.ts';
import { readAsCamp } from './read-as-camp.ts';
import type { TypeLibrary } from './type-library.ts';

export type ExportFormat = 'camp' | 'compose';

export interface Conversion {
  /** True when the blueprint has no errors. A text is made all the same where it was understood that far. */
  readonly ok: boolean;
  readonly format: BlueprintFormat;
  /** Null where there is none. */
  readonly text: string | null;
  /** What the other language has no words for. */
  readonly leftOut: readonly LeftOut[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A blueprint of any language in another. CAMP that is asked for as CAMP is given back as it was written. */
export function convertBlueprint(input: BlueprintInput, to: ExportFormat, library: TypeLibrary): Conversion {
  const planned = planApplication(input, library);
  const { ok, diagnostics } = planned;
  const plan = planned.ok ? planned.plan : planned.partial;
  const format = plan?.format ?? 'camp';
  if (to === 'compose') {
    const printed = plan === undefined ? { text: null, leftOut: [] } : printCompose(plan);
    return { ok, format, ...printed, diagnostics };
  }
  if (format === 'camp') return { ok, format, text: plan === undefined ? null : input.text, leftOut: [], diagnostics };
  const camp = readAsCamp(input, library, createFindings(input));
  return { ok, format, text: camp?.source.kind === 'map' ? printCamp(camp.source) : null, leftOut: [], diagnostics };
}

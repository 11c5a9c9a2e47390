import type { BlueprintFormat } from '../../domain/blueprint/blueprint-input.ts';
import type { DiagnosticCode } from '../../domain/blueprint/diagnostic-codes.ts';

/** A text that is wrong in one way, and the finding that must be told about it, whichever way the text comes in. */
export interface BadInput {
  /** What is wrong, in words that go after “with”. */
  readonly name: string;
  readonly format: BlueprintFormat;
  readonly text: string;
  readonly code: DiagnosticCode;
  readonly severity: 'error' | 'warning';
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in UTF-16 units. */
  readonly column: number;
}

type Place = Pick<BadInput, 'line' | 'column'>;
type Make = (code: DiagnosticCode, name: string, marked: string) => BadInput;

/** Stands in a text where its finding must point; in one without it that is the first character. */
const MARK = '▸';

/** Makers of inputs of one language: those that are refused, and those that are only warned of. */
export function inputsOf(format: BlueprintFormat): { readonly refused: Make; readonly warned: Make } {
  const make =
    (severity: BadInput['severity']): Make =>
    (code, name, marked) => ({ name, format, text: marked.replace(MARK, ''), code, severity, ...placeOf(marked) });
  return { refused: make('error'), warned: make('warning') };
}

function placeOf(marked: string): Place {
  const before = marked.slice(0, Math.max(0, marked.indexOf(MARK)));
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
}

/** A blueprint of one container with these lines. */
export function serviceWith(lines: string): string {
  return `services:\n- type: docker:nginx\n${lines.replace(/^/gm, '  ')}\n`;
}

export function each(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

'use client';
import { CircleAlert, Info, TriangleAlert, Wrench } from 'lucide-react';
import { Button } from '@/components/ui/button.tsx';
import { cx } from '@/components/ui/cx.ts';
import type { Diagnostic } from '@/server/domain/blueprint/diagnostic.ts';
import { keyOf } from './findings-of.ts';

const ICONS = { error: CircleAlert, warning: TriangleAlert, info: Info } as const;
const COLORS = { error: 'text-bad', warning: 'text-warn', info: 'text-busy' } as const;

export interface DiagnosticListProps {
  diagnostics: readonly Diagnostic[];
  onGoTo: (diagnostic: Diagnostic) => void;
  onMend: (diagnostic: Diagnostic) => void;
}

/** Every finding with its place; a click goes there, the wrench mends it. */
export function DiagnosticList({ diagnostics, onGoTo, onMend }: DiagnosticListProps) {
  return (
    <ul aria-label="Findings" className="max-h-44 shrink-0 overflow-y-auto border-t border-line bg-surface py-1">
      {diagnostics.map((diagnostic) => (
        <DiagnosticLine key={keyOf(diagnostic)} diagnostic={diagnostic} onGoTo={onGoTo} onMend={onMend} />
      ))}
    </ul>
  );
}

function DiagnosticLine({ diagnostic, onGoTo, onMend }: { diagnostic: Diagnostic } & Omit<DiagnosticListProps, 'diagnostics'>) {
  const { severity, message, hint, code, file, line, column, fix } = diagnostic;
  const Icon = ICONS[severity];
  return (
    <li className="flex flex-wrap items-start justify-end gap-x-1 px-2 hover:bg-hover">
      <button
        type="button"
        onClick={() => onGoTo(diagnostic)}
        className="flex min-w-0 flex-1 basis-80 items-start gap-2 rounded-md px-2 py-1 text-left"
      >
        <Icon aria-hidden className={cx('mt-0.5 size-4 shrink-0', COLORS[severity])} />
        <span className="min-w-0 flex-1">
          <span className="sr-only">{severity}: </span>
          {message}
          {hint ? <span className="block text-sm text-ink-2">{hint}</span> : null}
        </span>
        <span className="max-w-48 shrink-0 truncate text-right font-mono text-xs leading-5 text-ink-3" title={file}>
          {file === undefined ? null : <span className="max-sm:block">{file} </span>}
          {line}:{column}
        </span>
      </button>
      <a
        href={`/help/codes#${code}`}
        target="_blank"
        rel="noreferrer"
        className="shrink-0 py-1 pr-2 font-mono text-xs leading-5 text-ink-3 underline decoration-line-strong underline-offset-2 hover:text-ink max-sm:hidden"
      >
        {code}
      </a>
      {fix ? (
        <Button variant="ghost" onClick={() => onMend(diagnostic)}>
          <Wrench aria-hidden />
          {fix.title}
        </Button>
      ) : null}
    </li>
  );
}

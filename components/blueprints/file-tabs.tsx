'use client';
import { CircleAlert, FileCode2, Files, FileText, Layers, TriangleAlert } from 'lucide-react';
import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { cx } from '@/components/ui/cx.ts';
import { Dropdown, DropdownItem } from '@/components/ui/dropdown.tsx';
import { formatCount } from '@/components/ui/format-quantity.ts';
import type { BlueprintInput } from '@/server/domain/blueprint/blueprint-input.ts';
import type { Diagnostic } from '@/server/domain/blueprint/diagnostic.ts';
import { type FileName, mainName, otherFiles } from './blueprint-files.ts';
import { type FileActs, FileMenu } from './file-menu.tsx';

export interface FileTabsProps extends FileActs {
  input: BlueprintInput;
  open: FileName;
  onOpen: (name: FileName) => void;
  diagnostics: readonly Diagnostic[];
  merges: boolean;
  /** What the open file holds. */
  children: ReactNode;
}

/** Of the tab of the main file; no file beside it has this name. */
const MAIN = '/';
/** More are listed in a menu too. */
const FEW = 6;

/** The files of a blueprint, the main one first. Delete removes the one that has the focus. */
export function FileTabs({ input, open, onOpen, diagnostics, merges, children, ...acts }: FileTabsProps) {
  const others = otherFiles(input);
  return (
    <Radix.Root
      value={open ?? MAIN}
      onValueChange={(value) => onOpen(value === MAIN ? null : value)}
      className="flex min-h-0 flex-1 flex-col max-md:flex-none"
    >
      <div className="flex h-9 shrink-0 items-stretch gap-1 border-b border-line bg-ground pr-2">
        <Radix.List aria-label="Files of the blueprint" className="flex min-w-0 flex-1 overflow-x-auto">
          <FileTab value={MAIN} label={mainName(input)} kind="main" worst={worstOf(diagnostics, undefined)} />
          {others.map((name) => (
            <FileTab
              key={name}
              value={name}
              label={name}
              kind={input.overlays?.includes(name) ? 'merged' : 'beside'}
              worst={worstOf(diagnostics, name)}
              onDelete={() => acts.onRemove(name)}
            />
          ))}
        </Radix.List>
        <div className="flex shrink-0 items-center gap-1">
          {others.length > FEW ? <FileList names={[null, ...others]} main={mainName(input)} onOpen={onOpen} /> : null}
          {open === null ? null : <FileMenu input={input} name={open} merges={merges && /\.ya?ml$/i.test(open)} {...acts} />}
        </div>
      </div>
      <Radix.Content value={open ?? MAIN} className="flex min-h-0 flex-1 flex-col outline-none">
        {children}
      </Radix.Content>
    </Radix.Root>
  );
}

type Worst = 'error' | 'warning' | null;

function worstOf(diagnostics: readonly Diagnostic[], file: string | undefined): Worst {
  const severities = diagnostics.flatMap((diagnostic) => (diagnostic.file === file ? [diagnostic.severity] : []));
  return severities.includes('error') ? 'error' : severities.includes('warning') ? 'warning' : null;
}

const ICONS = { main: FileCode2, merged: Layers, beside: FileText } as const;
const KINDS = { main: 'The main file', merged: 'Merged over the main file', beside: 'Beside the main file' } as const;

interface FileTabProps {
  value: string;
  label: string;
  kind: keyof typeof ICONS;
  worst: Worst;
  onDelete?: () => void;
}

function FileTab({ value, label, kind, worst, onDelete }: FileTabProps) {
  const Icon = ICONS[kind];
  return (
    <Radix.Trigger
      value={value}
      title={`${KINDS[kind]}: ${label}`}
      onKeyDown={(event) => {
        if (event.key === 'Delete') onDelete?.();
      }}
      className="flex max-w-56 shrink-0 items-center gap-1.5 border-r border-line px-3 text-ink-2 hover:text-ink focus-visible:-outline-offset-2 data-[state=active]:bg-surface data-[state=active]:text-ink data-[state=active]:shadow-[inset_0_2px_0_var(--accent)]"
    >
      <Icon aria-hidden className="size-3.5 shrink-0 text-ink-3" />
      <span className="truncate">{label}</span>
      {kind === 'merged' ? <span className="sr-only">, merged</span> : null}
      {worst === null ? null : <Worse worst={worst} />}
    </Radix.Trigger>
  );
}

function Worse({ worst }: { worst: 'error' | 'warning' }) {
  const Icon = worst === 'error' ? CircleAlert : TriangleAlert;
  return (
    <>
      <Icon aria-hidden className={cx('size-3.5 shrink-0', worst === 'error' ? 'text-bad' : 'text-warn')} />
      <span className="sr-only">, has {worst === 'error' ? 'errors' : 'warnings'}</span>
    </>
  );
}

function FileList({ names, main, onOpen }: { names: readonly FileName[]; main: string; onOpen: (name: FileName) => void }) {
  return (
    <Dropdown
      className="max-h-96 max-w-80 min-w-56 overflow-y-auto"
      trigger={
        <Button variant="ghost">
          <Files aria-hidden />
          {formatCount(names.length, 'file')}
        </Button>
      }
    >
      {names.map((name) => (
        <DropdownItem key={name ?? MAIN} onSelect={() => onOpen(name)}>
          <span className="block truncate">{name ?? main}</span>
        </DropdownItem>
      ))}
    </Dropdown>
  );
}

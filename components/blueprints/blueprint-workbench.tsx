'use client';
import { FileLock2, FileX2 } from 'lucide-react';
import { type Ref, useEffect, useEffectEvent, useImperativeHandle, useRef, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { notify } from '@/components/ui/notify.ts';
import type { BlueprintFormat } from '@/server/domain/blueprint/blueprint-input.ts';
import type { Diagnostic } from '@/server/domain/blueprint/diagnostic.ts';
import type { YamlAssistant } from './assisted-text.ts';
import {
  type FileName,
  NOT_SHOWN,
  otherFiles,
  renamed,
  textOfFile,
  withMain,
  withOverlay,
  withoutFile,
  withText,
} from './blueprint-files.ts';
import { DiagnosticList } from './diagnostic-list.tsx';
import { FileTabs } from './file-tabs.tsx';
import type { SharedText } from './shared-text.ts';
import type { BlueprintDraft } from './use-blueprint-draft.ts';
import { YamlEditor, type YamlEditorHandle } from './yaml-editor.tsx';

export interface WorkbenchHandle {
  /** Brings a place of the main file into view, if that is open. */
  reveal: (offset: number) => void;
}

export interface BlueprintWorkbenchProps {
  draft: BlueprintDraft;
  format: BlueprintFormat | null;
  diagnostics: readonly Diagnostic[];
  /** The main file as the canvas shares it. */
  shared: SharedText;
  assistant: YamlAssistant;
  onTyped: () => void;
  /** Ctrl/Cmd-Enter. */
  onSubmit?: () => void;
  ref?: Ref<WorkbenchHandle>;
}

/** The files of a blueprint in tabs, the open one in an editor, and below what was found in all of them. */
export function BlueprintWorkbench({ draft, format, diagnostics, shared, assistant, onTyped, onSubmit, ref }: BlueprintWorkbenchProps) {
  const { input } = draft;
  const [chosen, setChosen] = useState<FileName>(null);
  const [target, setTarget] = useState<Diagnostic | null>(null);
  const editor = useRef<YamlEditorHandle>(null);
  const names = otherFiles(input);
  const open = chosen !== null && names.includes(chosen) ? chosen : null;
  const text = textOfFile(input, open);
  const here = diagnostics.filter(({ file }) => (file ?? null) === open);

  const sync = useEffectEvent(() => {
    // The main file is kept in step by whoever shares it.
    const now = open === null ? undefined : textOfFile(draft.current(), open);
    if (now !== undefined && editor.current?.text() !== now) editor.current?.replaceAll(now);
  });
  useEffect(() => {
    if (draft.revision > 0) sync();
  }, [draft.revision]);

  // Another file's editor is there only after its tab is.
  useEffect(() => {
    if (target === null) return;
    const frame = requestAnimationFrame(() => {
      editor.current?.goTo(target);
      setTarget(null);
    });
    return () => cancelAnimationFrame(frame);
  }, [target]);

  useImperativeHandle(ref, () => ({
    reveal(offset) {
      if (open === null) editor.current?.reveal(offset);
    },
  }));

  const show = (diagnostic: Diagnostic) => {
    const file = diagnostic.file ?? null;
    if (file !== null && textOfFile(input, file) === undefined) return;
    setChosen(file);
    setTarget(diagnostic);
  };
  const mend = (diagnostic: Diagnostic) => {
    if ((diagnostic.file ?? null) === open) editor.current?.mend(diagnostic);
    else show(diagnostic);
  };
  const remove = (name: string) => {
    const before = draft.current();
    draft.change((now) => withoutFile(now, name));
    notify.undoable(`${name} removed`, () => draft.change(() => before));
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <FileTabs
        input={input}
        open={open}
        onOpen={setChosen}
        diagnostics={diagnostics}
        merges={format === 'compose'}
        onMain={(name) => {
          draft.change((now) => withMain(now, name));
          setChosen(null);
        }}
        onOverlay={(name, merged) => draft.change((now) => withOverlay(now, name, merged))}
        onRename={(name, to) => {
          draft.change((now) => renamed(now, name, to));
          setChosen(to);
        }}
        onRemove={remove}
      >
        {text === undefined ? <NoText name={open ?? ''} /> : null}
        {open !== null && text === NOT_SHOWN ? (
          <NotShown name={open} onReplace={() => draft.change((now) => withText(now, open, ''))} />
        ) : null}
        {text === undefined || (open !== null && text === NOT_SHOWN) ? null : (
          <YamlEditor
            key={open}
            ref={editor}
            className="flex-1 max-md:h-[52vh] max-md:flex-none"
            initialText={textOfFile(draft.current(), open) ?? text}
            diagnostics={here}
            label={open ?? 'Blueprint'}
            isYaml={open === null || /\.(?:ya?ml|tosca)$/i.test(open)}
            {...(open === null ? { prompt: 'Write, paste or drop a blueprint', shared, assistant } : {})}
            onChange={(typed) => {
              // A shared text is told of by who shares it, with its own line breaks.
              if (open !== null) draft.type(open, typed);
              onTyped();
            }}
            {...(onSubmit ? { onSubmit } : {})}
          />
        )}
      </FileTabs>
      {diagnostics.length > 0 ? <DiagnosticList diagnostics={diagnostics} onGoTo={show} onMend={mend} /> : null}
    </div>
  );
}

/** A file of an application that runs: it may hold secrets. */
function NotShown({ name, onReplace }: { name: string; onReplace: () => void }) {
  return (
    <EmptyState icon={FileLock2} title={`What is in ${name} is not shown`} actions={<Button onClick={onReplace}>Replace it</Button>}>
      It may hold secrets. It stays as it is, unless you replace it or open another file of this name.
    </EmptyState>
  );
}

function NoText({ name }: { name: string }) {
  return (
    <EmptyState icon={FileX2} title={`${name} is no text`}>
      The blueprint may name it, and is told that it is there. What is in it is not sent: containers get files that are text.
    </EmptyState>
  );
}

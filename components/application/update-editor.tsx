'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useRef, useState } from 'react';
import { DiagnosticList } from '@/components/blueprints/diagnostic-list.tsx';
import { YamlEditor, type YamlEditorHandle } from '@/components/blueprints/yaml-editor.tsx';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { Button } from '@/components/ui/button.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { toErrorView } from '@/components/ui/to-error-view.ts';
import type { Application } from '@/server/domain/entity/application.ts';
import { BlueprintDiff } from './blueprint-diff.tsx';

export interface UpdateEditorProps {
  application: Application;
  text: string;
  onDone: () => void;
  onCancel: () => void;
}

/** Writes the next generation. It is refused when somebody else was quicker, and nothing typed is lost by that. */
export function UpdateEditor({ application, text: initialText, onDone, onCancel }: UpdateEditorProps) {
  const trpc = useTRPC();
  const [text, setText] = useState(initialText);
  const [base] = useState(application.generation);
  const [reviewing, setReviewing] = useState(false);
  const editor = useRef<YamlEditorHandle>(null);
  const checked = useDeferredValue(text);
  const plan = useQuery(
    trpc.application.plan.queryOptions({ text: checked, location: application.location }, { placeholderData: (before) => before }),
  );
  const update = useMutation(trpc.application.update.mutationOptions({ onSuccess: onDone }));
  const diagnostics = plan.data?.diagnostics ?? [];
  const broken = diagnostics.some((diagnostic) => diagnostic.severity === 'error');
  return (
    <div className="flex flex-col gap-3 p-4">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="font-semibold">Generation {base + 1}</h3>
        <span className="flex-1" />
        <Button variant="ghost" onClick={onCancel}>
          Cancel
        </Button>
        <Button disabled={text === initialText} onClick={() => setReviewing(!reviewing)}>
          {reviewing ? 'Edit' : 'Review changes'}
        </Button>
        <Button
          variant="primary"
          disabled={broken || text === initialText}
          busy={update.isPending}
          onClick={() => update.mutate({ applicationId: application.id, text, expectedGeneration: base })}
        >
          Update
        </Button>
      </div>
      {update.isError ? <ErrorState compact error={toErrorView(update.error)} /> : null}
      {reviewing ? (
        <BlueprintDiff before={initialText} after={text} label="Changes" />
      ) : (
        <YamlEditor ref={editor} className="h-[28rem]" label="Blueprint" initialText={text} diagnostics={diagnostics} onChange={setText} />
      )}
      <DiagnosticList
        diagnostics={diagnostics}
        onGoTo={(diagnostic) => editor.current?.goTo(diagnostic)}
        onMend={(diagnostic) => editor.current?.mend(diagnostic)}
      />
    </div>
  );
}

'use client';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useRecords } from '@/components/live/use-live.ts';
import { usePlan } from '@/components/planner/use-plan.ts';
import { useTRPC } from '@/components/trpc/trpc.ts';
import { notify } from '@/components/ui/notify.ts';
import { PageHeader } from '@/components/ui/page-header.tsx';
import { SplitPanes } from '@/components/ui/split-panes.tsx';
import { useStoredState } from '@/components/ui/use-stored-state.ts';
import { DeployActions } from './deploy-actions.tsx';
import { AS_WRITTEN, DeployPanel } from './deploy-panel.tsx';
import { DiagnosticList } from './diagnostic-list.tsx';
import type { Example } from './example.ts';
import { findingsOf } from './findings-of.ts';
import { makeIdempotencyKey } from './idempotency-key.ts';
import { useDraft } from './use-draft.ts';
import { YamlEditor, type YamlEditorHandle } from './yaml-editor.tsx';

export function DeployScreen({ examples }: { examples: readonly Example[] }) {
  const trpc = useTRPC();
  const router = useRouter();
  const wanted = useSearchParams().get('example');
  const editor = useRef<YamlEditorHandle>(null);
  const draft = useDraft('clocker.draft.deploy', examples.find((example) => example.id === wanted)?.text ?? '');
  const [name, setName] = useStoredState<string>('clocker.draft.deploy.name', '');
  const [location, setLocation] = useStoredState<string>('clocker.draft.deploy.location', AS_WRITTEN);
  const clouds = useRecords('cloud', undefined, (a, b) => a.name.localeCompare(b.name));
  const [key, setKey] = useState(makeIdempotencyKey);

  const place = location === AS_WRITTEN ? {} : { location };
  const isEmpty = draft.text.trim() === '';
  const input = useMemo(() => ({ text: draft.text }), [draft.text]);
  const plan = useQuery(
    trpc.application.plan.queryOptions(
      { text: draft.text, ...place },
      { enabled: !isEmpty, placeholderData: keepPreviousData, staleTime: 0 },
    ),
  );
  const local = usePlan(input);
  const diagnostics = isEmpty ? NO_DIAGNOSTICS : findingsOf(local, plan.data, input);
  const refused = diagnostics.some((diagnostic) => diagnostic.severity === 'error');

  const deploy = useMutation(
    trpc.application.deploy.mutationOptions({
      onSuccess: ({ applicationId }) => {
        draft.discard();
        setName('');
        router.push(`/applications/${applicationId}`);
      },
    }),
  );
  const submit = () => {
    const text = editor.current?.text() ?? draft.text;
    if (text.trim() === '' || refused || deploy.isPending) return;
    deploy.mutate({ text, ...place, ...(name.trim() ? { name: name.trim() } : {}), idempotencyKey: key });
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.defaultPrevented) submit();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);

  const start = (example: Example) => {
    const before = editor.current?.text().trim();
    editor.current?.replaceAll(example.text);
    if (before && !examples.some((each) => each.text.trim() === before))
      notify.done('Example loaded', 'Ctrl+Z in the editor brings back what was there.');
  };
  return (
    <>
      <PageHeader title="Deploy a blueprint">
        <DeployActions
          examples={examples}
          onExample={start}
          onDeploy={submit}
          disabled={isEmpty || refused || plan.isPending}
          busy={deploy.isPending}
        />
      </PageHeader>
      <SplitPanes id="deploy" initial={400} min={320} max={640} label="Width of the preview">
        <div className="flex min-h-0 flex-1 flex-col">
          <YamlEditor
            ref={editor}
            className="flex-1 max-md:h-[52vh] max-md:flex-none"
            initialText={draft.text}
            diagnostics={diagnostics}
            label="Blueprint"
            onChange={(text) => {
              draft.change(text);
              setKey(makeIdempotencyKey());
              if (deploy.error) deploy.reset();
            }}
            onSubmit={submit}
          />
          {diagnostics.length > 0 ? (
            <DiagnosticList
              diagnostics={diagnostics}
              onGoTo={(diagnostic) => editor.current?.goTo(diagnostic)}
              onMend={(diagnostic) => editor.current?.mend(diagnostic)}
            />
          ) : null}
        </div>
        <DeployPanel
          clouds={clouds}
          location={location}
          onLocation={setLocation}
          name={name}
          onName={setName}
          empty={isEmpty}
          examples={examples}
          onExample={start}
          plan={plan}
          error={deploy.error}
        />
      </SplitPanes>
    </>
  );
}

const NO_DIAGNOSTICS: readonly never[] = [];

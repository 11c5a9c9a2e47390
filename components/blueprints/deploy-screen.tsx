'use client';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { BlueprintEditor } from '@/components/editor/blueprint-editor.tsx';
import { useEditor } from '@/components/editor/use-editor.ts';
import { usePlanned } from '@/components/lenses/use-planned.ts';
import { useRecords } from '@/components/live/use-live.ts';
import { usePlan } from '@/components/planner/use-plan.ts';
import { useTRPC, useTRPCClient } from '@/components/trpc/trpc.ts';
import { Badge } from '@/components/ui/badge.tsx';
import { notify } from '@/components/ui/notify.ts';
import { PageHeader } from '@/components/ui/page-header.tsx';
import { useStoredState } from '@/components/ui/use-stored-state.ts';
import { NOTHING_ASKED } from '@/server/domain/blueprint/asked-values.ts';
import type { BlueprintFormat, BlueprintInput } from '@/server/domain/blueprint/blueprint-input.ts';
import type { ExportFormat } from '@/server/domain/blueprint/convert-blueprint.ts';
import { AskedFields } from './asked-fields.tsx';
import { contextFolders, isBlank, otherFiles, toRequest, withHostAccess, withProfile, withVariable } from './blueprint-files.ts';
import type { WorkbenchHandle } from './blueprint-workbench.tsx';
import { ConversionDialog } from './conversion-dialog.tsx';
import { DeployActions } from './deploy-actions.tsx';
import { AS_WRITTEN, DeployPanel } from './deploy-panel.tsx';
import { DropZone } from './drop-zone.tsx';
import type { Example } from './example.ts';
import { findingsOf } from './findings-of.ts';
import { FORMAT_TITLES } from './format-titles.ts';
import { HostAccessField } from './host-access-field.tsx';
import { makeIdempotencyKey } from './idempotency-key.ts';
import { useBlueprintDraft } from './use-blueprint-draft.ts';
import { useOpenFiles } from './use-open-files.ts';

export function DeployScreen({ examples }: { examples: readonly Example[] }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const wanted = useSearchParams().get('example');
  const workbench = useRef<WorkbenchHandle>(null);
  const draft = useBlueprintDraft('clocker.draft.deploy', { text: examples.find((example) => example.id === wanted)?.text ?? '' });
  const { input } = draft;
  const [name, setName] = useStoredState<string>('clocker.draft.deploy.name', '');
  const [location, setLocation] = useStoredState<string>('clocker.draft.deploy.location', AS_WRITTEN);
  const [shownAs, setShownAs] = useState<ExportFormat | null>(null);
  const [machines, setMachines] = useStoredState<string>('clocker.draft.deploy.machines', '');
  const [makesCloud, setMakesCloud] = useState(false);
  const clouds = useRecords('cloud', undefined, (a, b) => a.name.localeCompare(b.name));
  const [key, setKey] = useState(makeIdempotencyKey);

  const chosen = makesCloud ? machines.trim() : location;
  const place = chosen === AS_WRITTEN || chosen === '' ? {} : { location: chosen };
  const isEmpty = input.text.trim() === '';
  const plan = useQuery(
    trpc.application.plan.queryOptions(
      { ...toRequest(input), ...place },
      { enabled: !isEmpty, placeholderData: keepPreviousData, staleTime: 0 },
    ),
  );
  const isCloudNow = plan.data?.makesCloud === true;
  if (plan.data && !plan.isPlaceholderData && isCloudNow !== makesCloud) setMakesCloud(isCloudNow);
  const local = usePlan(input);
  const format = useLastFormat(isEmpty ? null : (local.reading?.format ?? null), isEmpty);
  const diagnostics = isEmpty ? NO_DIAGNOSTICS : findingsOf(local, plan.data, input);
  const planned = usePlanned(plan.data);
  const refused = diagnostics.some((diagnostic) => diagnostic.severity === 'error');

  const deploy = useMutation({
    ...trpc.application.deploy.mutationOptions(),
    mutationFn: async (request: DeployRequest) =>
      client.application.deploy.mutate(await opening.bring(request, contextFolders(plan.data?.plan))),
    onSuccess: ({ applicationId }) => {
      draft.discard();
      setName('');
      router.push(`/applications/${applicationId}`);
    },
  });
  const changed = () => {
    setKey(makeIdempotencyKey());
    if (deploy.error) deploy.reset();
  };
  const replace = (next: BlueprintInput, message: string) => {
    const before = draft.current();
    draft.change(() => next);
    changed();
    if (!isBlank(before)) notify.undoable(message, () => draft.change(() => before));
  };
  const opening = useOpenFiles(draft, replace);
  const store = useEditor(draft, 'clocker.draft.deploy.places', () => {
    changed();
    opening.forgetError();
  });

  const submit = () => {
    const now = draft.current();
    if (now.text.trim() === '' || refused || deploy.isPending) return;
    deploy.mutate({ ...toRequest(now), ...place, ...(name.trim() ? { name: name.trim() } : {}), idempotencyKey: key });
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.defaultPrevented && shownAs === null) submit();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);

  const start = (example: Example) => {
    const before = draft.current();
    if (otherFiles(before).length > 0 || before.file !== undefined) {
      replace({ text: example.text }, 'Example loaded');
      return;
    }
    store.replace(`Load ${example.title}`, example.text);
    const text = before.text.trim();
    if (text && !examples.some((each) => each.text.trim() === text))
      notify.done('Example loaded', 'Ctrl+Z in the editor brings back what was there.');
  };
  return (
    <>
      <PageHeader title="Deploy a blueprint" note={format === null ? undefined : <Badge>{FORMAT_TITLES[format]}</Badge>}>
        <DeployActions
          examples={examples}
          onExample={start}
          format={format}
          onShowAs={setShownAs}
          onOpen={opening.open}
          onStartOver={() => replace({ text: '' }, 'Everything removed')}
          blank={isBlank(input)}
          onDeploy={submit}
          empty={isEmpty}
          refused={refused || plan.isPending}
          busy={deploy.isPending}
        />
      </PageHeader>
      <DropZone onDrop={opening.open}>
        <BlueprintEditor
          id="deploy"
          workbench={workbench}
          draft={draft}
          store={store}
          format={format}
          diagnostics={diagnostics}
          onTyped={() => {
            changed();
            opening.forgetError();
          }}
          onSubmit={submit}
          {...(planned && !isEmpty ? { planned } : {})}
          plan={
            <DeployPanel
              clouds={clouds}
              location={location}
              onLocation={setLocation}
              machines={machines}
              onMachines={(next) => {
                setMachines(next);
                changed();
              }}
              name={name}
              onName={setName}
              empty={isEmpty}
              examples={examples}
              onExample={start}
              plan={plan}
              error={deploy.error ?? opening.error}
            >
              <AskedFields
                asked={isEmpty ? NOTHING_ASKED : (local.reading?.asked ?? NOTHING_ASKED)}
                format={format}
                given={input}
                onValue={(variable, value) => {
                  draft.change((now) => withVariable(now, variable, value));
                  changed();
                }}
                onProfile={(profile, on) => {
                  draft.change((now) => withProfile(now, profile, on));
                  changed();
                }}
              />
              <HostAccessField
                diagnostics={diagnostics}
                allowed={input.hostAccess === true}
                onAllow={(allowed) => {
                  draft.change((now) => withHostAccess(now, allowed));
                  changed();
                }}
              />
            </DeployPanel>
          }
        />
      </DropZone>
      {shownAs === null ? null : (
        <ConversionDialog
          input={draft.current()}
          as={shownAs}
          onClose={() => setShownAs(null)}
          onEdit={(text) => replace({ text }, `The blueprint is now in ${FORMAT_TITLES[shownAs]}`)}
        />
      )}
    </>
  );
}

type DeployRequest = ReturnType<typeof toRequest> & { readonly idempotencyKey: string };

/** While one types the text cannot always be read: its language stays what it was. */
function useLastFormat(read: BlueprintFormat | null, isEmpty: boolean): BlueprintFormat | null {
  const [last, setLast] = useState<BlueprintFormat | null>(null);
  const next = isEmpty ? null : (read ?? last);
  if (next !== last) setLast(next);
  return next;
}

const NO_DIAGNOSTICS: readonly never[] = [];

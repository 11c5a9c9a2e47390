'use client';
import { useCallback } from 'react';
import type { LiveTables } from '@/components/live/live-state.ts';
import { useLive, useLiveStatus, useRecord } from '@/components/live/use-live.ts';
import { PageHeader } from '@/components/ui/page-header.tsx';
import { SearchInput } from '@/components/ui/search-input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { useUrlState } from '@/components/ui/use-url-state.ts';
import type { Task } from '@/server/domain/entity/task.ts';
import { ActivityList } from './activity-list.tsx';

const STATUSES = ['all', 'running', 'failed', 'done', 'cancelled', 'interrupted'] as const;

/** Everything that was done and is being done, by people, policies and controllers. */
export function ActivityScreen() {
  const [text, setText] = useUrlState('q', '');
  const [status, setStatus] = useUrlState<(typeof STATUSES)[number]>('status', 'all', STATUSES);
  const [focused] = useUrlState('task', '');
  const { ready } = useLiveStatus();
  const isGone = useRecord('task', focused) === undefined && ready && focused !== '';
  const names = useLive(
    ['application', 'entity'],
    useCallback(
      ({ application, entity }: LiveTables) => [...application.values(), ...entity.values()].map(({ id, name }) => `${id}\t${name}`),
      [],
    ),
  );
  const filter = useCallback(
    (task: Task) => {
      if (status !== 'all' && task.status !== status) return false;
      if (text === '') return true;
      const about = names.filter((line) => line.startsWith(`${task.applicationId}\t`) || line.startsWith(`${task.entityId}\t`)).join(' ');
      return `${task.name} ${task.cause.by} ${about}`.toLowerCase().includes(text.toLowerCase());
    },
    [names, status, text],
  );
  return (
    <>
      <PageHeader title="Activity">
        <Select
          aria-label="Status"
          value={status}
          onChange={setStatus}
          options={STATUSES.map((value) => ({ value, label: value === 'all' ? 'Any status' : value }))}
        />
        <SearchInput
          aria-label="Filter activity"
          placeholder="Filter"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onClear={() => setText('')}
        />
      </PageHeader>
      {isGone ? (
        <p role="status" className="border-b border-line bg-warn-soft px-4 py-2 text-sm">
          The task that the address names is no longer kept, or you may not see it.
        </p>
      ) : null}
      <div className="min-h-0 flex-1 overflow-y-auto">
        <ActivityList
          filter={filter}
          focused={focused}
          empty="Deploy an application, scale or restart something: each act shows here with its steps."
        />
      </div>
    </>
  );
}

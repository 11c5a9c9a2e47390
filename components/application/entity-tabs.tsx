'use client';
import { useCallback } from 'react';
import { ActivityList } from '@/components/activity/activity-list.tsx';
import { AdjunctList } from '@/components/adjuncts/adjunct-list.tsx';
import { EffectorList } from '@/components/inspector/effector-list.tsx';
import { EntityActs } from '@/components/inspector/entity-acts.tsx';
import { EntityOverview } from '@/components/inspector/entity-overview.tsx';
import { EntityBadge } from '@/components/live/entity-badge.tsx';
import { useLive } from '@/components/live/use-live.ts';
import { LogViewer } from '@/components/logs/log-viewer.tsx';
import { TabPanel, Tabs } from '@/components/ui/tabs.tsx';
import { useUrlState } from '@/components/ui/use-url-state.ts';
import type { Application } from '@/server/domain/entity/application.ts';
import type { Entity } from '@/server/domain/entity/entity.ts';
import type { Task } from '@/server/domain/entity/task.ts';
import { EntityConfig } from './entity-config.tsx';
import { GenerationsPanel } from './generations-panel.tsx';

const TABS = ['overview', 'policies', 'activity', 'logs', 'effectors', 'config', 'versions'] as const;
type Tab = (typeof TABS)[number];
const LABELS: Readonly<Record<Tab, string>> = {
  overview: 'Overview',
  policies: 'Policies',
  activity: 'Activity',
  logs: 'Logs',
  effectors: 'Effectors',
  config: 'Config',
  versions: 'Blueprint',
};

export function EntityTabs({ entity, application }: { entity: Entity; application: Application }) {
  const isRoot = entity.id === application.rootId;
  const [tab, setTab] = useUrlState<Tab>('tab', 'overview', TABS);
  const isGroup = useLive(['entity'], (tables) => [...tables.entity.values()].some((one) => one.parentId === entity.id));
  const hasLogs = isGroup || entity.instanceId !== null;
  const shown = TABS.filter((each) => (each !== 'versions' || isRoot) && (each !== 'logs' || hasLogs));
  const open = shown.includes(tab) ? tab : 'overview';
  const filter = useCallback(
    (task: Task) => (isRoot ? task.applicationId === application.id : task.entityId === entity.id),
    [isRoot, application.id, entity.id],
  );
  return (
    <>
      {isRoot ? null : (
        <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
          <h2 className="font-semibold">{entity.name}</h2>
          <EntityBadge entity={entity} />
          <span className="text-sm text-ink-3 wrap-anywhere">
            {entity.type}
            {entity.spec.catalogItem === undefined ? null : `, by ${entity.spec.catalogItem} of the catalog`}
          </span>
          <span className="ml-auto">
            <EntityActs entity={entity} />
          </span>
        </div>
      )}
      <Tabs
        className="min-h-0 flex-1"
        label={`Views of ${entity.name}`}
        value={open}
        onChange={setTab}
        tabs={shown.map((value) => ({ value, label: LABELS[value] }))}
      >
        <TabPanel value="overview" className="overflow-y-auto">
          <EntityOverview entity={entity} />
        </TabPanel>
        <TabPanel value="policies" className="overflow-y-auto">
          <AdjunctList entity={entity} />
        </TabPanel>
        <TabPanel value="activity" className="overflow-y-auto">
          <ActivityList filter={filter} empty={`What is done to ${entity.name} shows here, with its steps.`} />
        </TabPanel>
        <TabPanel value="logs">
          <LogViewer entityId={entity.id} name={entity.name} />
        </TabPanel>
        <TabPanel value="effectors" className="overflow-y-auto">
          <EffectorList entity={entity} />
        </TabPanel>
        <TabPanel value="config" className="overflow-y-auto">
          {/* Asked again with each generation. */}
          <EntityConfig key={entity.generation} entity={entity} />
        </TabPanel>
        {isRoot ? (
          <TabPanel value="versions" className="overflow-y-auto">
            <GenerationsPanel application={application} />
          </TabPanel>
        ) : null}
      </Tabs>
    </>
  );
}

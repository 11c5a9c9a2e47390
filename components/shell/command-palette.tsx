'use client';
import { Command } from 'cmdk';
import { ArrowRight, Bookmark, Box, Boxes, Keyboard, Rocket, Server } from 'lucide-react';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { EntityIcon } from '@/components/live/entity-badge.tsx';
import { useRecords } from '@/components/live/use-live.ts';
import { StateIcon } from '@/components/ui/state-badge.tsx';
import { hostLook } from '@/components/ui/state-look.ts';
import { NAV_ITEMS } from './nav-items.ts';
import { useSavedViews } from './saved-views.ts';

const MAX_ENTITIES = 300;

export interface CommandPaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onShowKeys: () => void;
  onShowViews: () => void;
}

/** Goes to any application, entity, host or screen by its name. */
export function CommandPalette({ open, onOpenChange, onShowKeys, onShowViews }: CommandPaletteProps) {
  return (
    <Command.Dialog
      open={open}
      onOpenChange={onOpenChange}
      label="Search and commands"
      loop
      overlayClassName="fixed inset-0 z-50 bg-scrim"
      contentClassName="fixed top-[12vh] left-1/2 z-50 w-[calc(100vw-24px)] max-w-xl -translate-x-1/2 animate-appear overflow-hidden rounded-lg border border-line bg-raised shadow-float"
    >
      <Command.Input
        placeholder="Applications, entities, hosts, screens"
        className="h-11 w-full border-b border-line bg-transparent px-4 text-base outline-none placeholder:text-ink-3"
      />
      <Command.List className="max-h-[50vh] scroll-py-1 overflow-y-auto p-1">
        <Command.Empty className="px-3 py-4 text-ink-3">Nothing by this name.</Command.Empty>
        <PaletteEntries onDone={() => onOpenChange(false)} {...{ onShowKeys, onShowViews }} />
      </Command.List>
    </Command.Dialog>
  );
}

interface PaletteEntriesProps extends Pick<CommandPaletteProps, 'onShowKeys' | 'onShowViews'> {
  onDone: () => void;
}

function PaletteEntries({ onDone, onShowKeys, onShowViews }: PaletteEntriesProps) {
  const router = useRouter();
  const applications = useRecords('application', undefined, (a, b) => a.name.localeCompare(b.name));
  const entities = useRecords('entity', (entity) => entity.parentId !== null);
  const hosts = useRecords('host', undefined, (a, b) => a.name.localeCompare(b.name));
  const names = new Map(applications.map((application) => [application.id, application.name]));
  const { views } = useSavedViews();
  const show = (dialog: () => void) => {
    onDone();
    dialog();
  };
  const go = (href: string) => {
    onDone();
    router.push(href);
  };
  return (
    <>
      <Group heading="Acts">
        <Item value="Deploy a blueprint" icon={<Rocket aria-hidden />} onSelect={() => go('/blueprints/deploy')} />
        <Item value="Add a host" icon={<Server aria-hidden />} onSelect={() => go('/hosts?add=1')} />
        <Item value="Save this view…" icon={<Bookmark aria-hidden />} onSelect={() => show(onShowViews)} />
        <Item value="Keyboard shortcuts" note="?" icon={<Keyboard aria-hidden />} onSelect={() => show(onShowKeys)} />
      </Group>
      {views.length > 0 ? (
        <Group heading="Saved views">
          {views.map((view) => (
            <Item
              key={view.name}
              id="view"
              value={view.name}
              note={view.href}
              icon={<Bookmark aria-hidden />}
              onSelect={() => go(view.href)}
            />
          ))}
        </Group>
      ) : null}
      <Group heading="Screens">
        {NAV_ITEMS.map((item) => (
          <Item
            key={item.href}
            value={item.label}
            icon={<ArrowRight aria-hidden />}
            note={`g ${item.key}`}
            onSelect={() => go(item.href)}
          />
        ))}
      </Group>
      {applications.length > 0 ? (
        <Group heading="Applications">
          {applications.map((each) => (
            <Item
              key={each.id}
              id={each.id}
              value={each.name}
              icon={<Boxes aria-hidden />}
              onSelect={() => go(`/applications/${each.id}`)}
            />
          ))}
        </Group>
      ) : null}
      {hosts.length > 0 ? (
        <Group heading="Hosts">
          {hosts.map((host) => (
            <Item
              key={host.id}
              id={host.id}
              value={host.name}
              note={host.address}
              icon={<StateIcon look={hostLook(host.state)} label />}
              onSelect={() => go(`/hosts/${host.id}`)}
            />
          ))}
        </Group>
      ) : null}
      {entities.length > 0 ? (
        <Group heading="Entities">
          {entities.slice(0, MAX_ENTITIES).map((entity) => (
            <Item
              key={entity.id}
              id={entity.id}
              value={entity.name}
              note={names.get(entity.applicationId) ?? ''}
              icon={entity.instanceId ? <EntityIcon entity={entity} /> : <Box aria-hidden />}
              onSelect={() => go(`/applications/${entity.applicationId}?entity=${entity.id}`)}
            />
          ))}
        </Group>
      ) : null}
    </>
  );
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-3"
    >
      {children}
    </Command.Group>
  );
}

interface ItemProps {
  /** Tells apart things of the same name. */
  id?: string;
  value: string;
  note?: string;
  icon: ReactNode;
  onSelect: () => void;
}

function Item({ id, value, note, icon, onSelect }: ItemProps) {
  return (
    <Command.Item
      value={id ? `${value} ${id}` : value}
      onSelect={onSelect}
      className="flex h-8 cursor-default items-center gap-2.5 rounded-md px-2 select-none data-[selected=true]:bg-accent-soft [&_svg]:size-3.5 [&_svg]:shrink-0"
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">{value}</span>
      {note ? <span className="truncate text-sm text-ink-3">{note}</span> : null}
    </Command.Item>
  );
}

'use client';
import { Search } from 'lucide-react';
import { Kbd } from '@/components/ui/kbd.tsx';
import { Breadcrumb } from './breadcrumb.tsx';
import { ConnectionState } from './connection-state.tsx';
import { TaskMenu } from './task-menu.tsx';
import { UserMenu } from './user-menu.tsx';

export function TopBar({ onOpenPalette }: { onOpenPalette: () => void }) {
  return (
    <header className="flex h-11 shrink-0 items-center gap-2 border-b border-line bg-surface px-4">
      <Breadcrumb />
      <div className="ml-auto flex items-center gap-1">
        <button
          type="button"
          onClick={onOpenPalette}
          className="flex h-control items-center gap-2 rounded-md border border-line px-2 text-ink-3 hover:border-line-strong hover:text-ink-2 md:w-56"
        >
          <Search aria-hidden className="size-3.5" />
          <span className="flex-1 text-left max-md:sr-only">Search</span>
          <span aria-hidden className="flex gap-0.5 max-md:hidden">
            <Kbd>Ctrl</Kbd>
            <Kbd>K</Kbd>
          </span>
        </button>
        <TaskMenu />
        <ConnectionState />
        <UserMenu />
      </div>
    </header>
  );
}

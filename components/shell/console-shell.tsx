'use client';
import { type ReactNode, useState } from 'react';
import { Announcer } from '@/components/live/announcer.tsx';
import { LiveFeed } from '@/components/live/live-feed.tsx';
import { MetricsFeed } from '@/components/live/metrics-feed.tsx';
import { CommandPalette } from './command-palette.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { Rail } from './rail.tsx';
import { SessionGate } from './session-gate.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { TopBar } from './top-bar.tsx';
import { useShellKeys } from './use-shell-keys.ts';
import { ViewsDialog } from './views-dialog.tsx';

/** The frame of every signed-in screen. */
export function ConsoleShell({ children }: { children: ReactNode }) {
  const palette = useShellKeys();
  const [views, setViews] = useState(false);
  return (
    <div className="flex h-dvh overflow-hidden max-md:flex-col-reverse">
      <a href="#main" className="absolute -top-12 left-2 z-50 rounded-md bg-accent px-3 py-2 font-medium text-accent-ink focus:top-2">
        Skip to content
      </a>
      <Rail />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <TopBar onOpenPalette={() => palette.setOpen(true)} />
        <ConnectionBanner />
        <main id="main" tabIndex={-1} className="flex min-h-0 flex-1 flex-col overflow-y-auto outline-none">
          <SessionGate>
            <LiveFeed />
            <MetricsFeed />
            <Announcer />
            {children}
            <CommandPalette
              open={palette.open}
              onOpenChange={palette.setOpen}
              onShowKeys={() => palette.setSheet(true)}
              onShowViews={() => setViews(true)}
            />
            <ShortcutSheet open={palette.sheet} onOpenChange={palette.setSheet} />
            {views ? <ViewsDialog onClose={() => setViews(false)} /> : null}
          </SessionGate>
        </main>
      </div>
    </div>
  );
}

'use client';
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import { cx } from '@/components/ui/cx.ts';
import { Tooltip } from '@/components/ui/tooltip.tsx';
import { useStoredState } from '@/components/ui/use-stored-state.ts';
import { Logo } from './logo.tsx';
import { NAV_ITEMS, type NavItem, navItemOf } from './nav-items.ts';

/** Left rail; a bar at the bottom under 768 px. */
export function Rail() {
  const pathname = usePathname();
  const [collapsed, setCollapsed] = useStoredState<boolean>('clocker.rail.collapsed', false);
  const current = navItemOf(pathname);
  const Toggle = collapsed ? PanelLeftOpen : PanelLeftClose;
  return (
    <nav
      aria-label="Main"
      className={cx(
        'flex shrink-0 border-line bg-sunken max-md:h-14 max-md:border-t max-md:pb-[env(safe-area-inset-bottom)] md:flex-col md:border-r',
        collapsed ? 'md:w-12' : 'md:w-44',
      )}
    >
      <Link
        href="/applications"
        prefetch={false}
        className="flex h-11 items-center gap-2 px-3.5 font-semibold max-md:hidden"
        aria-label="Clocker, to applications"
      >
        <Logo className="size-5 shrink-0" />
        {collapsed ? null : 'Clocker'}
      </Link>
      <ul className="flex flex-1 max-md:justify-around px-2 md:flex-col md:gap-px">
        {NAV_ITEMS.map((item) => (
          <li key={item.href} className="max-md:flex-1">
            <RailLink item={item} current={item === current} collapsed={collapsed} />
          </li>
        ))}
      </ul>
      <button
        type="button"
        onClick={() => setCollapsed(!collapsed)}
        aria-label={collapsed ? 'Widen the navigation' : 'Narrow the navigation'}
        className="m-2 flex h-7 items-center gap-2.5 rounded-md px-2 text-ink-3 hover:bg-hover hover:text-ink max-md:hidden"
      >
        <Toggle aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
      </button>
    </nav>
  );
}

function RailLink({ item, current, collapsed }: { item: NavItem; current: boolean; collapsed: boolean }) {
  const Icon = item.icon;
  const router = useRouter();
  const prefetch = () => router.prefetch(item.href);
  const link = (
    <Link
      href={item.href}
      // Fetched when somebody is about to go there: all of them at once would come before what this page is to show.
      prefetch={false}
      onPointerEnter={prefetch}
      onFocus={prefetch}
      aria-current={current ? 'page' : undefined}
      className={cx(
        'flex items-center gap-2.5 rounded-md max-md:h-full max-md:flex-col max-md:justify-center max-md:gap-0.5 md:h-7 md:px-2',
        current
          ? 'bg-accent-soft font-medium text-ink max-md:bg-transparent max-md:text-accent-text'
          : 'text-ink-2 hover:bg-hover hover:text-ink',
      )}
    >
      <Icon aria-hidden className={cx('size-4 shrink-0', current && 'text-accent-text')} strokeWidth={1.75} />
      <span className={cx('max-md:text-2xs', !current && 'max-[480px]:sr-only', collapsed && 'md:sr-only')}>{item.label}</span>
    </Link>
  );
  return collapsed ? (
    <Tooltip content={item.label} side="right">
      {link}
    </Tooltip>
  ) : (
    link
  );
}

'use client';
import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useRecordValue } from '@/components/live/use-live.ts';
import { Logo } from './logo.tsx';
import { navItemOf } from './nav-items.ts';

/** Where this screen is: `Applications / shop-staging`. A screen of the rail says its name itself. */
export function Breadcrumb() {
  const pathname = usePathname();
  const item = navItemOf(pathname);
  const [, section, part] = pathname.split('/');
  const applicationName = useRecordValue('application', section === 'applications' ? part : null, (application) => application.name);
  const hostName = useRecordValue('host', section === 'hosts' ? part : null, (host) => host.name);
  const leaf = applicationName ?? hostName ?? (section === 'blueprints' && part === 'deploy' ? 'Deploy' : undefined);
  if (!item || !leaf) return <MobileMark />;
  return (
    <nav aria-label="Breadcrumb" className="min-w-0">
      <ol className="flex min-w-0 items-center gap-1 text-ink-2">
        <li>
          <Link href={item.href} className="hover:text-ink hover:underline">
            {item.label}
          </Link>
        </li>
        <ChevronRight aria-hidden className="size-3.5 shrink-0 text-ink-3" />
        <li className="min-w-0 truncate font-medium text-ink" aria-current="page">
          {leaf}
        </li>
      </ol>
    </nav>
  );
}

/** The rail has the mark; where that is a bar at the bottom, it is here. */
function MobileMark() {
  return (
    <span className="flex items-center gap-2 font-semibold md:hidden">
      <Logo className="size-5" />
      Clocker
    </span>
  );
}

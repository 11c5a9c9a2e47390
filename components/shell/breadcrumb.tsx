'use client';
import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useRecordValue } from '@/components/live/use-live.ts';
import { navItemOf } from './nav-items.ts';

/** Where this screen is: `Applications / shop-staging`. The last part is this screen. */
export function Breadcrumb() {
  const pathname = usePathname();
  const item = navItemOf(pathname);
  const [, section, part] = pathname.split('/');
  const applicationName = useRecordValue('application', section === 'applications' ? part : null, (application) => application.name);
  const hostName = useRecordValue('host', section === 'hosts' ? part : null, (host) => host.name);
  const leaf = applicationName ?? hostName ?? (section === 'blueprints' && part === 'deploy' ? 'Deploy' : undefined);
  if (!item) return <div />;
  return (
    <nav aria-label="Breadcrumb" className="min-w-0">
      <ol className="flex min-w-0 items-center gap-1 text-ink-2">
        <li className={leaf ? undefined : 'font-medium text-ink'}>
          {leaf ? (
            <Link href={item.href} className="hover:text-ink hover:underline">
              {item.label}
            </Link>
          ) : (
            <span aria-current="page">{item.label}</span>
          )}
        </li>
        {leaf ? (
          <>
            <ChevronRight aria-hidden className="size-3.5 shrink-0 text-ink-3" />
            <li className="min-w-0 truncate font-medium text-ink" aria-current="page">
              {leaf}
            </li>
          </>
        ) : null}
      </ol>
    </nav>
  );
}

'use client';
import { SquareTerminal } from 'lucide-react';
import Link from 'next/link';
import { useMay } from '@/components/shell/use-session.ts';
import { Button } from '@/components/ui/button.tsx';

/** A way to a shell, for those who may have one. A link, so that it opens in a tab of its own too. */
export function TerminalButton({ permission, href }: { permission: 'terminal' | 'host-terminal'; href: string }) {
  const may = useMay(permission);
  if (!may) return null;
  return (
    <Button asChild>
      <Link href={href} prefetch={false}>
        <SquareTerminal aria-hidden />
        Terminal
      </Link>
    </Button>
  );
}

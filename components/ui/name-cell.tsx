import Link from 'next/link';
import type { ReactNode } from 'react';
import { Td } from './table.tsx';

export interface NameCellProps {
  href: string;
  name: string;
  /** Beside the name, in what room is left. */
  children?: ReactNode;
}

/** The name of what a row is about; its link covers the whole row, which must be `relative`. */
export function NameCell({ href, name, children }: NameCellProps) {
  return (
    <Td className="w-full max-w-0">
      <span className="flex min-w-0 items-baseline gap-2 sm:min-w-44">
        <Link href={href} className="max-w-full shrink-0 truncate text-base font-medium after:absolute after:inset-0 hover:underline">
          {name}
        </Link>
        {children}
      </span>
    </Td>
  );
}

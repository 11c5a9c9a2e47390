'use client';
import { Ellipsis } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dropdown } from './dropdown.tsx';

/** What can be done to one thing, behind three dots. */
export function ActsMenu({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Dropdown
      trigger={
        <Button variant="ghost" square aria-label={`Acts on ${name}`}>
          <Ellipsis aria-hidden />
        </Button>
      }
    >
      {children}
    </Dropdown>
  );
}

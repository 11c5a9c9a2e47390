'use client';
import { AlignStartHorizontal, AlignStartVertical, Columns3, Rows3 } from 'lucide-react';
import { Button } from '@/components/ui/button.tsx';
import { Dropdown, DropdownItem } from '@/components/ui/dropdown.tsx';
import type { Alignment } from './align-parts.ts';

/** How what is selected is to stand. */
export function AlignMenu({ onAlign }: { onAlign: (alignment: Alignment) => void }) {
  return (
    <Dropdown
      trigger={
        <Button aria-label="Align what is selected">
          <AlignStartVertical aria-hidden />
          Align
        </Button>
      }
    >
      <DropdownItem icon={<AlignStartVertical aria-hidden />} onSelect={() => onAlign('left')}>
        Left edges
      </DropdownItem>
      <DropdownItem icon={<AlignStartHorizontal aria-hidden />} onSelect={() => onAlign('top')}>
        Top edges
      </DropdownItem>
      <DropdownItem icon={<Columns3 aria-hidden />} onSelect={() => onAlign('in a row')}>
        In a row
      </DropdownItem>
      <DropdownItem icon={<Rows3 aria-hidden />} onSelect={() => onAlign('in a column')}>
        In a column
      </DropdownItem>
    </Dropdown>
  );
}

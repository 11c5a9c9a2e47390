'use client';
import { ArrowRightLeft } from 'lucide-react';
import { Button } from '@/components/ui/button.tsx';
import { Dropdown, DropdownItem } from '@/components/ui/dropdown.tsx';
import type { BlueprintFormat } from '@/server/domain/blueprint/blueprint-input.ts';
import type { ExportFormat } from '@/server/domain/blueprint/convert-blueprint.ts';
import { FORMAT_TITLES, otherLanguages } from './format-titles.ts';

export interface ShowAsMenuProps {
  format: BlueprintFormat;
  onShow: (as: ExportFormat) => void;
}

/** One button where there is one other language, a menu where there are more. */
export function ShowAsMenu({ format, onShow }: ShowAsMenuProps) {
  const [first, second] = otherLanguages(format);
  if (first === undefined) return null;
  if (second === undefined) {
    return (
      <Button onClick={() => onShow(first)}>
        <ArrowRightLeft aria-hidden />
        <span>
          <span className="max-sm:sr-only">Show as </span>
          {FORMAT_TITLES[first]}
        </span>
      </Button>
    );
  }
  return (
    <Dropdown
      trigger={
        <Button>
          <ArrowRightLeft aria-hidden />
          Show as
        </Button>
      }
    >
      {[first, second].map((as) => (
        <DropdownItem key={as} onSelect={() => onShow(as)}>
          {FORMAT_TITLES[as]}
        </DropdownItem>
      ))}
    </Dropdown>
  );
}

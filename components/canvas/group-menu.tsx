'use client';
import { Group, Ungroup } from 'lucide-react';
import { Button } from '@/components/ui/button.tsx';
import { Dropdown, DropdownItem } from '@/components/ui/dropdown.tsx';

export interface GroupActs {
  onGroup: () => void;
  /** Absent where no group is selected. */
  onUngroup?: (() => void) | undefined;
}

/** What is selected into a group, or a group away around what is in it. */
export function GroupMenu({ onGroup, onUngroup }: GroupActs) {
  return (
    <Dropdown
      trigger={
        <Button aria-label="Group what is selected">
          <Group aria-hidden />
          Group
        </Button>
      }
    >
      <DropdownItem icon={<Group aria-hidden />} onSelect={onGroup}>
        Group (Ctrl+G)
      </DropdownItem>
      {onUngroup ? (
        <DropdownItem icon={<Ungroup aria-hidden />} onSelect={onUngroup}>
          Ungroup (Ctrl+Shift+G)
        </DropdownItem>
      ) : null}
    </Dropdown>
  );
}

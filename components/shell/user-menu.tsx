'use client';
import { useQueryClient } from '@tanstack/react-query';
import { LogOut, Monitor, Moon, Settings, Sun, UserRound } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { signOut } from '@/components/session/sign-in.ts';
import { Button } from '@/components/ui/button.tsx';
import { Dropdown, DropdownChoice, DropdownItem, DropdownLabel, DropdownSeparator } from '@/components/ui/dropdown.tsx';
import { notify } from '@/components/ui/notify.ts';
import type { Theme } from './theme.ts';
import { useSession } from './use-session.ts';
import { useTheme } from './use-theme.ts';

const THEME_CHOICES: readonly { readonly theme: Theme; readonly label: string; readonly icon: typeof Sun }[] = [
  { theme: 'system', label: 'As the system', icon: Monitor },
  { theme: 'light', label: 'Light', icon: Sun },
  { theme: 'dark', label: 'Dark', icon: Moon },
];

export function UserMenu() {
  const session = useSession();
  const router = useRouter();
  const queries = useQueryClient();
  const [theme, setTheme] = useTheme();
  const user = session.data?.user;
  const leave = async () => {
    try {
      await signOut();
    } catch (error) {
      return notify.failure(error);
    }
    queries.clear();
    router.replace('/login');
  };
  return (
    <Dropdown
      trigger={
        <Button variant="ghost" square aria-label={user ? `Account of ${user.name}` : 'Account'}>
          <UserRound aria-hidden />
        </Button>
      }
      className="min-w-52"
    >
      {user ? (
        <div className="px-2 pt-1.5 pb-2">
          <p className="font-medium">{user.name}</p>
          <p className="text-sm text-ink-3">
            {user.username} · {user.role ?? 'no role'}
          </p>
        </div>
      ) : null}
      <DropdownSeparator />
      <DropdownLabel>Colours</DropdownLabel>
      {THEME_CHOICES.map(({ theme: each, label, icon: Icon }) => (
        <DropdownChoice key={each} checked={theme === each} icon={<Icon aria-hidden />} onSelect={() => setTheme(each)}>
          {label}
        </DropdownChoice>
      ))}
      <DropdownSeparator />
      <DropdownItem icon={<Settings aria-hidden />} onSelect={() => router.push('/settings')}>
        Settings
      </DropdownItem>
      <DropdownItem icon={<LogOut aria-hidden />} onSelect={leave}>
        Sign out
      </DropdownItem>
    </Dropdown>
  );
}

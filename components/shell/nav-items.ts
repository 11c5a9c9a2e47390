import { Activity, Boxes, FileCode2, LibraryBig, type LucideIcon, Network, Server, Settings, Waypoints } from 'lucide-react';

export interface NavItem {
  readonly href: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** Second key of the chord `g …`. */
  readonly key: string;
}

/** The left rail, in order. A screen that does not exist in this version has no entry. */
export const NAV_ITEMS: readonly NavItem[] = [
  { href: '/applications', label: 'Applications', icon: Boxes, key: 'a' },
  { href: '/topology', label: 'Topology', icon: Waypoints, key: 't' },
  { href: '/blueprints', label: 'Blueprints', icon: FileCode2, key: 'b' },
  { href: '/catalog', label: 'Catalog', icon: LibraryBig, key: 'c' },
  { href: '/hosts', label: 'Hosts', icon: Server, key: 'h' },
  { href: '/networks', label: 'Networks', icon: Network, key: 'n' },
  { href: '/activity', label: 'Activity', icon: Activity, key: 'y' },
  { href: '/settings', label: 'Settings', icon: Settings, key: 's' },
];

/** The entry a path belongs to. */
export function navItemOf(pathname: string): NavItem | undefined {
  return NAV_ITEMS.find((item) => pathname === item.href || pathname.startsWith(`${item.href}/`));
}

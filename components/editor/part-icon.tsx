import {
  Box,
  Boxes,
  Cloud,
  Container,
  Database,
  Gauge,
  Group,
  HardDrive,
  KeyRound,
  Layers,
  ListOrdered,
  type LucideIcon,
  MapPin,
  Network,
  Puzzle,
  Radio,
  Server,
  Split,
  Waypoints,
} from 'lucide-react';

const ICONS: Readonly<Record<string, LucideIcon>> = {
  box: Box,
  boxes: Boxes,
  cloud: Cloud,
  container: Container,
  database: Database,
  gauge: Gauge,
  group: Group,
  'hard-drive': HardDrive,
  'key-round': KeyRound,
  layers: Layers,
  'list-ordered': ListOrdered,
  'map-pin': MapPin,
  network: Network,
  puzzle: Puzzle,
  radio: Radio,
  server: Server,
  split: Split,
  waypoints: Waypoints,
};

/** By the name that a type gives. */
export function PartIcon({ name, className }: { name: string; className?: string }) {
  const Icon = ICONS[name] ?? Box;
  return <Icon aria-hidden className={className} />;
}

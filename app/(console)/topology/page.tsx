import type { Metadata } from 'next';
import { TopologyScreen } from '@/components/topology/topology-screen.tsx';

export const metadata: Metadata = { title: 'Topology' };

export default function TopologyPage() {
  return <TopologyScreen />;
}

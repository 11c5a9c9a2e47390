import { TopologyScreen } from '@/components/topology/topology-screen.tsx';

export default function TopologyPage() {
  return <TopologyScreen />;
}

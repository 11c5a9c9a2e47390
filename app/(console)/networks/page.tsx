import type { Metadata } from 'next';
import { NetworksScreen } from '@/components/networks/networks-screen.tsx';

export const metadata: Metadata = { title: 'Networks' };

export default function NetworksPage() {
  return <NetworksScreen />;
}

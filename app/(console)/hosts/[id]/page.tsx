import type { Metadata } from 'next';
import { HostScreen } from '@/components/hosts/host-screen.tsx';

export const metadata: Metadata = { title: 'Host' };

export default async function HostPage({ params }: { params: Promise<{ id: string }> }) {
  return <HostScreen hostId={(await params).id} />;
}

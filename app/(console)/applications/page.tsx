import type { Metadata } from 'next';
import { ApplicationsScreen } from '@/components/applications/applications-screen.tsx';

export const metadata: Metadata = { title: 'Applications' };

export default function ApplicationsPage() {
  return <ApplicationsScreen />;
}

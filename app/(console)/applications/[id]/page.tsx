import type { Metadata } from 'next';
import { ApplicationScreen } from '@/components/application/application-screen.tsx';

export const metadata: Metadata = { title: 'Application' };

export default async function ApplicationPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ApplicationScreen applicationId={id} />;
}

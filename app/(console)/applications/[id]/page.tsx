import { ApplicationScreen } from '@/components/application/application-screen.tsx';

export default async function ApplicationPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ApplicationScreen applicationId={id} />;
}

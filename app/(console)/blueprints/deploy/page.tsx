import type { Metadata } from 'next';
import { DeployScreen } from '@/components/blueprints/deploy-screen.tsx';
import { readExamples } from '@/components/blueprints/read-examples.ts';

export const metadata: Metadata = { title: 'Deploy' };

export default async function DeployPage() {
  return <DeployScreen examples={await readExamples()} />;
}

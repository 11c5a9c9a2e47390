import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Metadata } from 'next';
import { CodeList } from '@/components/help/code-list.tsx';
import { parseCodes } from '@/components/help/parse-codes.ts';
import { PageHeader } from '@/components/ui/page-header.tsx';

export const metadata: Metadata = { title: 'Codes' };

export default async function CodesPage() {
  const text = await readFile(path.join(process.cwd(), 'docs', 'diagnostics.md'), 'utf8');
  return (
    <>
      <PageHeader title="Codes" />
      <CodeList sections={parseCodes(text)} />
    </>
  );
}

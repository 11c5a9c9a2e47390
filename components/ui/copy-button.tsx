'use client';
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from './button.tsx';
import { notify } from './notify.ts';

export function CopyButton({ text, label = 'Copy' }: { text: string; label?: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      notify.error('This browser refused the clipboard.', 'Select the text and copy it by hand.');
      return;
    }
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  };
  return (
    <Button variant="ghost" square aria-label={copied ? 'Copied' : label} title={label} onClick={copy}>
      {copied ? <Check aria-hidden className="text-ok" /> : <Copy aria-hidden />}
    </Button>
  );
}

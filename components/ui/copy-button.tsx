'use client';
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from './button.tsx';
import { notify } from './notify.ts';

export interface CopyButtonProps {
  text: string;
  label?: string;
  /** With its label beside the icon. */
  wide?: boolean;
}

export function CopyButton({ text, label = 'Copy', wide = false }: CopyButtonProps) {
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
    <Button variant="ghost" square={!wide} aria-label={copied ? 'Copied' : label} title={label} onClick={copy}>
      {copied ? <Check aria-hidden className="text-ok" /> : <Copy aria-hidden />}
      {wide ? label : null}
    </Button>
  );
}

'use client';
import { Toaster as Sonner } from 'sonner';

export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      gap={8}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-[356px] max-w-[calc(100vw-32px)] items-start gap-2.5 rounded-lg border border-line bg-raised px-3 py-2.5 text-base text-ink shadow-float has-[[data-button]]:items-center [&_[data-icon]]:mt-0.5 [&_[data-icon]_svg]:size-4',
          title: 'font-medium break-words',
          description: 'text-sm text-ink-2 break-words',
          actionButton:
            'ml-auto shrink-0 self-center rounded-md border border-line-strong px-2 leading-6 font-medium text-ink hover:bg-hover',
          success: '[&_[data-icon]]:text-ok',
          error: '[&_[data-icon]]:text-bad',
        },
      }}
    />
  );
}

'use client';
import { FileDown } from 'lucide-react';
import { type DragEvent, type ReactNode, useState } from 'react';
import { droppedFiles } from './chosen-files.ts';
import type { ChosenFile } from './read-opened.ts';

export interface DropZoneProps {
  onDrop: (files: Promise<readonly ChosenFile[]>) => void;
  children: ReactNode;
}

/** Takes files that are dropped anywhere in it, before an editor inside would put their text at the cursor. */
export function DropZone({ onDrop, children }: DropZoneProps) {
  const [over, setOver] = useState(false);
  const take = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return (
    <div
      className="relative flex min-h-0 flex-1 flex-col"
      onDragEnterCapture={(event) => take(event) && setOver(true)}
      onDragOverCapture={take}
      onDragLeaveCapture={(event) => {
        const into = event.relatedTarget;
        if (!(into instanceof Node && event.currentTarget.contains(into))) setOver(false);
      }}
      onDropCapture={(event) => {
        if (!take(event)) return;
        setOver(false);
        onDrop(droppedFiles(event.dataTransfer));
      }}
    >
      {children}
      {over ? (
        <div
          aria-hidden
          className="pointer-events-none absolute inset-2 z-10 flex items-center justify-center gap-2 rounded-lg border-2 border-dashed border-accent bg-ground/85 font-medium"
        >
          <FileDown className="size-5 text-accent-text" />
          Drop files, a folder or an archive to open them
        </div>
      ) : null}
    </div>
  );
}

'use client';
import { ArrowDown, ArrowUp, Clock, Download, Eraser, Filter, Pause, Play, WrapText } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { SearchInput } from '@/components/ui/search-input.tsx';
import { Tooltip } from '@/components/ui/tooltip.tsx';

export interface LogToolbarProps {
  text: string;
  setText: (text: string) => void;
  matches: number;
  only: boolean;
  setOnly: (only: boolean) => void;
  wrap: boolean;
  setWrap: (wrap: boolean) => void;
  times: boolean;
  setTimes: (times: boolean) => void;
  paused: boolean;
  find: (step: 1 | -1) => void;
  download: () => void;
  clear: () => void;
  pause: () => void;
  resume: () => void;
}

export function LogToolbar(props: LogToolbarProps) {
  return (
    <div className="flex flex-wrap items-center gap-1 border-b border-line px-4 py-1.5">
      <Button onClick={props.paused ? props.resume : props.pause}>
        {props.paused ? <Play aria-hidden /> : <Pause aria-hidden />}
        {props.paused ? 'Follow' : 'Pause'}
      </Button>
      <SearchInput
        className="w-56 max-sm:w-full"
        aria-label="Search the log"
        placeholder="Search"
        value={props.text}
        onChange={(event) => props.setText(event.target.value)}
        onClear={() => props.setText('')}
      />
      {props.text === '' ? null : (
        <>
          <span className="px-1 text-sm text-ink-3 tabular">{props.matches} matches</span>
          <IconButton label="Previous match" onClick={() => props.find(-1)} icon={<ArrowUp aria-hidden />} />
          <IconButton label="Next match" onClick={() => props.find(1)} icon={<ArrowDown aria-hidden />} />
          <Toggle label="Matching lines only" on={props.only} onChange={props.setOnly} icon={<Filter aria-hidden />} />
        </>
      )}
      <span className="flex-1" />
      <Toggle label="Times" on={props.times} onChange={props.setTimes} icon={<Clock aria-hidden />} />
      <Toggle label="Wrap lines" on={props.wrap} onChange={props.setWrap} icon={<WrapText aria-hidden />} />
      <IconButton label="Clear the view" onClick={props.clear} icon={<Eraser aria-hidden />} />
      <IconButton label="Download" onClick={props.download} icon={<Download aria-hidden />} />
    </div>
  );
}

function IconButton({ label, icon, onClick }: { label: string; icon: ReactNode; onClick: () => void }) {
  return (
    <Tooltip content={label}>
      <Button variant="ghost" square aria-label={label} onClick={onClick}>
        {icon}
      </Button>
    </Tooltip>
  );
}

function Toggle({ label, icon, on, onChange }: { label: string; icon: ReactNode; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <Tooltip content={label}>
      <Button
        variant="ghost"
        square
        aria-label={label}
        aria-pressed={on}
        className={on ? 'bg-accent-soft text-accent-text' : ''}
        onClick={() => onChange(!on)}
      >
        {icon}
      </Button>
    </Tooltip>
  );
}

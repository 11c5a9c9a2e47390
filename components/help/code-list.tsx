'use client';
import { useEffect } from 'react';
import type { CodeSection } from './parse-codes.ts';

/** Every code the product can answer with; errors link to theirs. */
export function CodeList({ sections }: { sections: readonly CodeSection[] }) {
  useEffect(() => {
    if (window.location.hash) window.location.replace(window.location.hash); // the list was not there yet when the page was opened
  }, []);
  return (
    <div className="flex max-w-3xl flex-col gap-8 px-4 py-4">
      {sections.map((section) => (
        <section key={section.title}>
          <h2 className="pb-2 text-lg font-semibold">{section.title}</h2>
          <dl className="flex flex-col">
            {section.entries.map((entry) => (
              <div key={entry.code} id={entry.code} className="scroll-mt-4 border-t border-line px-2 py-2 target:bg-accent-soft">
                <dt>
                  <a href={`#${entry.code}`} className="font-mono text-sm font-medium hover:underline">
                    {entry.code}
                  </a>
                </dt>
                <dd>{entry.meaning}</dd>
                <dd className="text-ink-2">{entry.remedy}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

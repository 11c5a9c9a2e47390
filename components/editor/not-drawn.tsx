import { Shapes } from 'lucide-react';
import { EmptyState } from '@/components/ui/empty-state.tsx';

/** In the place of the canvas, for a text that has no drawing. */
export function NotDrawn({ language, problem }: { language: string | null; problem: string | null }) {
  return (
    <div className="flex flex-1 items-center justify-center bg-ground">
      {language === null || problem !== null ? (
        <EmptyState icon={Shapes} title="This text cannot be drawn">
          {problem ?? 'It is no blueprint.'} Mend it, and it appears here.
        </EmptyState>
      ) : (
        <EmptyState icon={Shapes} title={`${language} is not drawn`}>
          Show it as CAMP and choose “Edit this instead”: then it can be drawn and written. It can be deployed as it is, too.
        </EmptyState>
      )}
    </div>
  );
}

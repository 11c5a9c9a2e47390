import { EditorState, type Extension } from '@codemirror/state';
import { hoverTooltip } from '@codemirror/view';
import type { Proposal, Proposals } from '@/components/editor/yaml-assist.ts';

/** Knows what could be written, and what the words are that are. */
export interface YamlAssistant {
  proposals(text: string, offset: number): Promise<Proposals | null>;
  help(text: string, offset: number): Promise<{ readonly from: number; readonly to: number; readonly proposal: Proposal } | null>;
}

/** What is used of CodeMirror's completion context. */
interface CompletionContext {
  readonly pos: number;
  readonly explicit: boolean;
  readonly state: EditorState;
}

/** Completion while one types or with Ctrl+Space, and help where the pointer rests. */
export function assistedText(assistant: YamlAssistant): Extension {
  const complete = async ({ pos, explicit, state }: CompletionContext) => {
    const found = await assistant.proposals(state.doc.toString(), pos);
    // Of its own accord only once there is something to go by.
    if (found === null || (!explicit && found.from === pos && !/["[ ]/.test(state.sliceDoc(pos - 1, pos)))) return null;
    if (!explicit && found.from === pos && /^[ \t]*$/.test(state.sliceDoc(state.doc.lineAt(pos).from, pos))) return null;
    const options = found.options.map(({ label, detail, info, apply }) => ({
      label,
      detail,
      ...(info === '' ? {} : { info }),
      ...(apply === undefined ? {} : { apply: keepsColon(state, pos) ? label : apply }),
    }));
    return { from: found.from, options, validFor: /^[\w./:-]*$/ };
  };
  return [
    EditorState.languageData.of(() => [{ autocomplete: complete }]),
    hoverTooltip(async ({ state }, pos) => {
      const found = await assistant.help(state.doc.toString(), pos);
      if (found === null) return null;
      const { from, to, proposal } = found;
      return { pos: from, end: to, above: true, create: () => ({ dom: toHelp(proposal) }) };
    }),
  ];
}

/** The rest of the line has one. */
function keepsColon(state: EditorState, pos: number): boolean {
  return /^[\w.-]*:/.test(state.sliceDoc(pos, state.doc.lineAt(pos).to));
}

function toHelp({ label, detail, info }: Proposal): HTMLElement {
  const box = document.createElement('div');
  box.className = 'max-w-80 px-2.5 py-1.5 font-sans text-sm';
  const title = document.createElement('div');
  title.className = 'font-medium';
  title.textContent = detail === '' ? label : `${label} · ${detail}`;
  box.append(title);
  if (info !== '') {
    const text = document.createElement('div');
    text.className = 'text-ink-2';
    text.textContent = info;
    box.append(text);
  }
  return box;
}

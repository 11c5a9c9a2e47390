import { quoted } from './shell-text.ts';
import type { SoftwareConfig } from './to-process-spec.ts';

/** `java.opts` and `java.sysprops` as words of a shell. */
export function javaOptions(config: SoftwareConfig): string {
  const opts = config['java.opts'];
  const given = Array.isArray(opts) ? opts.map(String) : typeof opts === 'string' ? opts.split(/[\s,]+/) : [];
  const props = config['java.sysprops'];
  const named = typeof props === 'object' && props !== null && !Array.isArray(props) ? Object.entries(props) : [];
  const defined = named.map(([name, value]) => (value === null ? `-D${name}` : `-D${name}=${unescaped(String(value))}`));
  return [...given.filter((word) => word !== ''), ...defined].map(quoted).join(' ');
}

/** Brooklyn put properties through a shell, so its blueprints write `\&` for `&`: what a shell would take as its own is what it stands for. */
function unescaped(value: string): string {
  return value.replaceAll(/\\([&;|<>()$`"'* ])/g, '$1');
}

/**
 * Where installs and builds get what begins with a URL: a mirror in a closed site. Record id: that beginning.
 */
export interface ArtifactRule {
  /** `https://repo1.maven.org/maven2/` */
  readonly id: string;
  /** Put in its place: `http://mirror.local/maven/` */
  readonly to: string;
  readonly setAt: number;
  readonly setBy: string;
}

/** As much of a rule as rewrites. */
export type ArtifactRewrite = Pick<ArtifactRule, 'id' | 'to'>;

export const MOST_RULES = 100;
export const LONGEST_BEGINNING = 500;

/** What is no beginning of URLs, in words that go after it; null for one. */
export function beginningProblem(written: string): string | null {
  if (written.length > LONGEST_BEGINNING) return `is longer than ${LONGEST_BEGINNING} characters`;
  const url = /^https?:\/\/[^\s"'<>\\]+$/.test(written) ? URL.parse(written) : null;
  if (url === null) return 'is no beginning of URLs such as https://repo.example.org/maven/';
  return url.username !== '' || url.password !== '' ? 'holds a login, which would be shown' : null;
}

/** The longest beginning counts; what is rewritten is not rewritten again. */
export function rewriteUrl(url: string, rules: readonly ArtifactRewrite[]): string {
  const rule = rules
    .filter(({ id }) => url.startsWith(id))
    .reduce<ArtifactRewrite | undefined>((best, other) => (best && best.id.length >= other.id.length ? best : other), undefined);
  return rule === undefined ? url : `${rule.to}${url.slice(rule.id.length)}`;
}

/** Every URL that stands in a command or a Dockerfile. */
export function rewriteUrls(text: string, rules: readonly ArtifactRewrite[]): string {
  return rules.length === 0 ? text : text.replace(/\bhttps?:\/\/[^\s"'<>|;)`\\]+/g, (url) => rewriteUrl(url, rules));
}

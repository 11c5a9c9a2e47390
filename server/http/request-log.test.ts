import { expect, it } from 'vitest';
import { loggedPath } from './request-log.ts';

const GRANT = '0123456789abcdef'.repeat(4);

it.each([
  [`/artifacts/${GRANT}/maven/a.jar`, '/artifacts/***/maven/a.jar'],
  [`/artifacts//${GRANT}/maven/a.jar`, '/artifacts//***/maven/a.jar'],
  [`/applications/${GRANT}`, `/applications/${GRANT}`],
])('of %s the log has %s', (path, logged) => expect(loggedPath(path)).toBe(logged));

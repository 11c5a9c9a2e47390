import stories from '../../playwright.config.ts';

/** `npm run screens`: every screen as it looks now, into `docs/screens`. It is looked at, not compared, and is no part of the tests. */
export default { ...stories, testDir: '.', testMatch: '*.shots.ts', timeout: 1_200_000 };

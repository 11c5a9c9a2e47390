/**
 * After `npm ci`: npm leaves native parts of packages out that do not support the Node.js it runs on, without a word, and the build would fail of that
 * later. What npm ran on is in its user agent; this itself runs on the Node.js of the `node` package.
 */
const OLDEST = 20;
const found = /\bnode\/v((\d+)[\d.]*)/.exec(process.env.npm_config_user_agent ?? '');

if (found && Number(found[2]) < OLDEST) {
  console.error(
    `npm ran on Node.js ${found[1]}, for which it leaves out native parts of packages: Clocker needs Node.js ${OLDEST} or later.`,
  );
  console.error('Hint: install a later one (README, “Node”), then run npm ci again.');
  process.exitCode = 1;
}

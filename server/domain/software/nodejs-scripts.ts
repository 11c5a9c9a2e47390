import { installPackages } from './debian-packages.ts';
import type { SoftwarePlace } from './process-spec.ts';
import { quoted } from './shell-text.ts';
import type { SoftwareConfig } from './to-process-spec.ts';
import { httpPortOf } from './web-server.ts';

/** Below the run folder: what an archive or a repository gives. */
export const NODE_APP = 'app';

/** Node.js, and what a repository or packages need besides, where they are not there. In a container the image has Node.js. */
export function installNode(config: SoftwareConfig, { kind }: SoftwarePlace): string | null {
  const needed = [
    ...(kind === 'machine' ? [{ program: 'node', packages: ['nodejs', 'ca-certificates'] }] : []),
    ...(text(config, 'nodejs.gitRepo.url') === undefined ? [] : [{ program: 'git', packages: ['git', 'ca-certificates'] }]),
    ...(packagesOf(config).length === 0 ? [] : [{ program: 'npm', packages: ['npm'] }]),
  ];
  if (needed.length === 0) return null;
  const packages = [...new Set(needed.flatMap((one) => one.packages))];
  return installPackages({ program: needed.map(({ program }) => program), packages, services: [] });
}

/** The application into its folder, with the packages that it names, and those of the config. */
export function customizeNode(config: SoftwareConfig): string {
  const repository = text(config, 'nodejs.gitRepo.url');
  const clone =
    repository === undefined ? '' : `rm -rf ${NODE_APP} && git clone -q --depth 1 -- ${quoted(repository)} ${NODE_APP} || exit 1\n`;
  const packages = packagesOf(config).map(quoted).join(' ');
  return `${clone}${enter()}
if [ -f package.json ] && grep -q '"dependencies"' package.json && [ ! -d node_modules ]; then
  command -v npm >/dev/null 2>&1 || { echo 'package.json names packages, and there is no npm: give nodejs.packages, or an image with npm' >&2; exit 1; }
  npm install --omit=dev --no-audit --no-fund || exit 1
fi
${packages === '' ? '' : `npm install --no-save --no-audit --no-fund -- ${packages} || exit 1\n`}exit 0`;
}

/** `PORT` is where it is to listen. */
export function launchNode(config: SoftwareConfig): string {
  const command = text(config, 'nodejs.app.command') ?? 'node';
  const file = text(config, 'nodejs.app.fileName') ?? 'app.js';
  const line = text(config, 'nodejs.app.commandLine') ?? `${quoted(command)} ${quoted(file)}`;
  return `${enter()}
PORT=${httpPortOf(config)} nohup sh -c ${quoted(`exec ${line}`)} >>"$RUN_DIR/console" 2>&1 </dev/null &
echo $! >"$PID_FILE"`;
}

/** Its folder; of an archive that has all in one folder, that one. What came as files is in the run folder. */
function enter(): string {
  return `cd "$RUN_DIR" || exit 1
if [ -d ${NODE_APP} ]; then
  cd ${NODE_APP} || exit 1
  o=$(ls -A); [ -d "$o" ] && { cd "$o" || exit 1; }
fi`;
}

function packagesOf(config: SoftwareConfig): readonly string[] {
  const given = config['nodejs.packages'];
  const names = Array.isArray(given) ? given.map(String) : typeof given === 'string' ? given.split(',') : [];
  return names.map((name) => name.trim()).filter((name) => name !== '');
}

function text(config: SoftwareConfig, key: string): string | undefined {
  const value = config[key];
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

import { Command } from 'commander';
import { appsCommand, showCommand } from './commands/apps.ts';
import { artifactsCommand } from './commands/artifacts.ts';
import { blueprintCommand } from './commands/blueprint.ts';
import { catalogCommand } from './commands/catalog.ts';
import { cloudsCommand } from './commands/clouds.ts';
import { credentialsCommand } from './commands/credentials.ts';
import { deleteCommand } from './commands/delete.ts';
import { deployCommand, updateCommand } from './commands/deploy.ts';
import { effectorCommand, lifecycleCommand, moveCommand, scaleCommand } from './commands/effectors.ts';
import { exportCommand } from './commands/export.ts';
import { forwardCommand } from './commands/forward.ts';
import { generationsCommand, restoreCommand } from './commands/generations.ts';
import { releaseCommand } from './commands/host-adopt.ts';
import { hostsCommand } from './commands/hosts.ts';
import { loginCommand, logoutCommand } from './commands/login.ts';
import { logsCommand } from './commands/logs.ts';
import { networksCommand } from './commands/networks.ts';
import { policiesCommand } from './commands/policies.ts';
import { registriesCommand } from './commands/registries.ts';
import { secretsCommand } from './commands/secrets.ts';
import { setupCommand } from './commands/setup.ts';
import { snapshotsCommand } from './commands/snapshots.ts';
import { labCommand } from './lab.ts';

const COMMANDS: readonly (() => Command)[] = [
  setupCommand,
  loginCommand,
  logoutCommand,
  deployCommand,
  updateCommand,
  appsCommand,
  showCommand,
  scaleCommand,
  moveCommand,
  () => lifecycleCommand('start', 'start an application or entity'),
  () => lifecycleCommand('stop', 'stop an application or entity; containers and data stay'),
  () => lifecycleCommand('restart', 'stop and start an application or entity'),
  deleteCommand,
  releaseCommand,
  logsCommand,
  forwardCommand,
  effectorCommand,
  generationsCommand,
  exportCommand,
  restoreCommand,
  hostsCommand,
  cloudsCommand,
  credentialsCommand,
  networksCommand,
  policiesCommand,
  registriesCommand,
  artifactsCommand,
  snapshotsCommand,
  secretsCommand,
  catalogCommand,
  blueprintCommand,
  labCommand,
];

/** The whole command line. A wrong command line ends with exit code 2. */
export function createProgram(): Command {
  const program = new Command('clocker')
    .description('Docker clouds on real hosts, and applications on them')
    .showHelpAfterError('(--help shows how)');
  for (const make of COMMANDS) program.addCommand(make());
  prepare(program);
  return program;
}

/** Wrong use ends with 2; options behind a command are its own, also where the one above it has the same (`clouds rebalance lab --json`). */
function prepare(command: Command): void {
  command.enablePositionalOptions();
  command.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
  for (const below of command.commands) prepare(below);
}

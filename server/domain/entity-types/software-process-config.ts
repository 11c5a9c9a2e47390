import { z } from 'zod';
import { duration } from '../entity/container-config.ts';
import { boolean, portRange, text } from '../entity/value-schemas.ts';
import { anyMap, command, latch, optional, preset, textMap, url } from './config-values.ts';

/** Brooklyn's `none`, which starts no children, is not there. */
const childrenMode = z
  .string()
  .regex(/^\s*(?:foreground|background)(?:[_-]late)?\s*$/i, 'needs foreground, foreground_late, background or background_late');

/** What every process takes that is installed and run by commands: Brooklyn's SoftwareProcess. */
export const SOFTWARE_PROCESS_CONFIG = {
  'install.version': optional(text, 'Version', 'Of the software to install.'),
  'download.url': optional(url, 'Download', 'Archive to install from; the version is filled in where it says so.'),
  'download.addon.urls': optional(textMap, 'Add-ons', 'Further archives by name.'),
  'archive.nameFormat': optional(text, 'Archive folder', 'Name of the folder that the archive unpacks to; %s is the version.'),
  'install.dir': optional(text, 'Install folder'),
  'expandedinstall.dir': optional(text, 'Unpacked folder', 'Where the archive’s content is.'),
  'run.dir': optional(text, 'Run folder'),
  'onbox.base.dir': optional(text, 'Base folder', 'Install and run folders are made below it.'),
  'install.unique_label': optional(text, 'Install label', 'Tells installs apart that would be the same otherwise.'),
  'shell.env': optional(anyMap, 'Environment', 'Variables of every command. Maps and lists arrive as JSON.'),
  'files.preinstall': optional(textMap, 'Files before install', 'Source: place, copied first of all.'),
  'templates.preinstall': optional(textMap, 'Templates before install', 'Source: place, filled in and copied first of all.'),
  'files.install': optional(textMap, 'Install files', 'Source: place, copied before the install command.'),
  'templates.install': optional(textMap, 'Install templates', 'Source: place, filled in before the install command.'),
  'files.customize': optional(textMap, 'Customise files', 'Source: place, copied before the customise command.'),
  'templates.customize': optional(textMap, 'Customise templates', 'Source: place, filled in before the customise command.'),
  'files.runtime': optional(textMap, 'Run-time files', 'Source: place, copied before each launch.'),
  'templates.runtime': optional(textMap, 'Run-time templates', 'Source: place, filled in before each launch.'),
  'template.substitutions': optional(anyMap, 'Substitutions', 'Values that templates may use.'),
  'pre.install.command': optional(command, 'Before install'),
  'post.install.command': optional(command, 'After install'),
  'pre.customize.command': optional(command, 'Before customise'),
  'post.customize.command': optional(command, 'After customise'),
  'pre.launch.command': optional(command, 'Before launch'),
  'post.launch.command': optional(command, 'After launch'),
  'skip.install': optional(boolean, 'Skip install', 'The software is there already.'),
  'skip.start': optional(boolean, 'Skip start', 'The process runs already.'),
  'skip.start.ifRunning': optional(boolean, 'Skip start if running'),
  'latch.provision': optional(latch, 'Wait to provision', 'Gets its machine or container when this is true.'),
  'latch.start': optional(latch, 'Wait to start'),
  'latch.setup': optional(latch, 'Wait to set up'),
  'latch.preInstall.resources': optional(latch, 'Wait to copy the first files'),
  'latch.install.resources': optional(latch, 'Wait to copy install files'),
  'latch.install': optional(latch, 'Wait to install'),
  'latch.customize.resources': optional(latch, 'Wait to copy customise files'),
  'latch.customize': optional(latch, 'Wait to customise'),
  'latch.launch.resources': optional(latch, 'Wait to copy run-time files'),
  'latch.launch': optional(latch, 'Wait to launch', 'Launched when this is true.'),
  'latch.stop': optional(latch, 'Wait to stop'),
  'start.timeout': preset(duration, '2m', 'Start timeout', 'It must be up within this time.'),
  'children.startable.mode': optional(
    childrenMode,
    'Start of children',
    'Beside it (foreground, background), or once it is up (foreground_late, background_late).',
  ),
  'provisioning.properties': optional(anyMap, 'Machine', 'What the machine must have: minRam, minCores, osFamily …'),
  requiredOpenLoginPorts: optional(portRange, 'Open ports', 'Ports that must be reachable besides those of its own keys.'),
  'inboundPorts.autoInfer': preset(boolean, true, 'Open its own ports', 'Ports of keys that end in .port are opened too.'),
  'inboundPorts.configRegex': optional(text, 'Which keys are ports', 'A regular expression; “.*\\.port” unless given.'),
  'softwareProcess.serviceProcessIsRunningPollPeriod': preset(duration, '5s', 'Check period', 'How often it is asked whether it runs.'),
  'sshMonitoring.enabled': preset(boolean, true, 'Check by command', 'Asks by command whether the process runs.'),
  'metrics.usage.retrieve': optional(boolean, 'Read metrics'),
  'hostname.customizer': optional(latch, 'Hostname'),
};

/** Short names, and the names that keys had in earlier versions. */
export const SOFTWARE_PROCESS_FLAGS = {
  version: 'install.version',
  downloadUrl: 'download.url',
  downloadAddonUrls: 'download.addon.urls',
  archiveNameFormat: 'archive.nameFormat',
  installDir: 'install.dir',
  expandedInstallDir: 'expandedinstall.dir',
  runDir: 'run.dir',
  installLabel: 'install.unique_label',
  env: 'shell.env',
  preInstallFiles: 'files.preinstall',
  preInstallTemplates: 'templates.preinstall',
  installFiles: 'files.install',
  installTemplates: 'templates.install',
  customizeFiles: 'files.customize',
  customizeTemplates: 'templates.customize',
  runtimeFiles: 'files.runtime',
  runtimeTemplates: 'templates.runtime',
  substitutions: 'template.substitutions',
  preInstallCommand: 'pre.install.command',
  postInstallCommand: 'post.install.command',
  preCustomizeCommand: 'pre.customize.command',
  postCustomizeCommand: 'post.customize.command',
  preLaunchCommand: 'pre.launch.command',
  postLaunchCommand: 'post.launch.command',
  skipInstall: 'skip.install',
  'install.skip': 'skip.install',
  skipStart: 'skip.start',
  'entity.started': 'skip.start',
  skipStartIfRunning: 'skip.start.ifRunning',
  'entity.running': 'skip.start.ifRunning',
  'provision.latch': 'latch.provision',
  startLatch: 'latch.start',
  'start.latch': 'latch.start',
  setupLatch: 'latch.setup',
  'setup.latch': 'latch.setup',
  'resources.preInstall.latch': 'latch.preInstall.resources',
  installResourcesLatch: 'latch.install.resources',
  'resources.install.latch': 'latch.install.resources',
  installLatch: 'latch.install',
  'install.latch': 'latch.install',
  'resources.customize.latch': 'latch.customize.resources',
  customizeLatch: 'latch.customize',
  'customize.latch': 'latch.customize',
  runtimeResourcesLatch: 'latch.launch.resources',
  'resources.runtime.latch': 'latch.launch.resources',
  launchLatch: 'latch.launch',
  'launch.latch': 'latch.launch',
  stopLatch: 'latch.stop',
  'stop.latch': 'latch.stop',
  startTimeout: 'start.timeout',
  childStartMode: 'children.startable.mode',
  provisioningProperties: 'provisioning.properties',
} as const;

export const MACHINE_NOT_HONOURED = {
  stopIptables: 'the firewall of a machine is never switched off',
  openIptables: 'the firewall of a machine is never changed; open the ports there',
  dontRequireTtyForSudo: 'the sudo rules of a machine are never changed',
} as const;

const AS_IT_IS = 'a machine is taken as its location gives it; minRam and minCores are checked';

/** Of the flags that a machine of a Docker cloud is asked for. */
export const MACHINE_FLAGS_NOT_HONOURED = {
  ...MACHINE_NOT_HONOURED,
  osFamily: AS_IT_IS,
  osVersionRegex: AS_IT_IS,
  os64Bit: AS_IT_IS,
  imageId: AS_IT_IS,
  imageNameRegex: AS_IT_IS,
  hardwareId: AS_IT_IS,
  minDisk: AS_IT_IS,
};

export const SOFTWARE_PROCESS_NOT_HONOURED = {
  ...MACHINE_NOT_HONOURED,
  'provisioning.properties': MACHINE_NOT_HONOURED,
  'effector.add.openInboundPorts': 'the firewall of a machine is never changed',
  'onbox.base.dir.skipResolution': 'the base folder is always looked at',
  'softwareProcess.maxSensorRebindDelay': 'sensors go on at once after a restart',
} as const;

/** Brooklyn's and Clocker's keys that are taken and never obeyed: each has its reason in the notes. */
export const MACHINE_UNUSED_CONFIG = {
  stopIptables: optional(boolean, 'Switch the firewall off'),
  openIptables: optional(boolean, 'Open ports in the firewall'),
  dontRequireTtyForSudo: optional(boolean, 'Change sudo rules'),
};

export const SOFTWARE_PROCESS_UNUSED_CONFIG = {
  ...MACHINE_UNUSED_CONFIG,
  'effector.add.openInboundPorts': optional(boolean, 'Effector to open ports'),
  'onbox.base.dir.skipResolution': optional(boolean, 'Trust the base folder'),
  'softwareProcess.maxSensorRebindDelay': optional(duration, 'Delay of sensors after a restart'),
};

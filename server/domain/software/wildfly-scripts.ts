import { installPackages } from './debian-packages.ts';
import { javaOptions } from './java-options.ts';
import type { SoftwarePlace } from './process-spec.ts';
import { quoted } from './shell-text.ts';
import type { SoftwareConfig } from './to-process-spec.ts';
import { archivePath, warName } from './tomcat-scripts.ts';
import type { WebArchive } from './web-archives.ts';

export interface WildFlyServer {
  readonly httpPort: number;
  readonly managementPort: number;
  /** Address that pages are served at. */
  readonly bind: string;
}

/** Sets `h` to where a JBoss or WildFly is: what was downloaded, or that of its image. */
const FIND = `for h in "$EXPANDED_INSTALL_DIR" "$JBOSS_HOME" /opt/jboss/wildfly; do
  [ -n "$h" ] && [ -f "$h/jboss-modules.jar" ] && break
  h=
done
[ -n "$h" ] || { echo 'There is no WildFly here: in a container give docker.image.name an image with one, on a machine download.url' >&2; exit 1; }`;

/** Java; the server itself comes from `download.url`. */
export function installWildFly(): string {
  return installPackages({ program: 'java', packages: ['default-jre-headless'], services: [], before: 'mkdir -p /usr/share/man/man1' });
}

/** A server base of its own in the run folder: the configuration that comes with it, and the archives that it serves. */
export function customizeWildFly(archives: readonly WebArchive[]): string {
  const served = archives.map((archive) => {
    const name = warName(archive);
    return `cp ${quoted(archivePath(archive))} ${quoted(`standalone/deployments/${name}`)} && : >${quoted(`standalone/deployments/${name}.dodeploy`)} || exit 1`;
  });
  return `${FIND}
rm -rf standalone && mkdir -p standalone/deployments || exit 1
cp -R "$h/standalone/configuration" standalone/ || exit 1
${served.join('\n')}
exit 0`;
}

/** By its own script, which tells the process id of the JVM in the PID file. */
export function launchWildFly(config: SoftwareConfig, server: WildFlyServer, { kind }: SoftwarePlace): string {
  const options = `${DEFAULT_OPTIONS} ${javaOptions(config)}`;
  const properties = {
    'jboss.server.base.dir': '"$RUN_DIR/standalone"',
    'jboss.http.port': String(server.httpPort),
    'jboss.management.http.port': String(server.managementPort),
  };
  const own = kind === 'container' ? '[ -w /proc/1/fd/1 ] && o=/proc/1/fd/1\n' : '';
  return `${FIND}
rm -f "$PID_FILE"
o="$RUN_DIR/console"
${own}export JBOSS_HOME="$h" LAUNCH_JBOSS_IN_BACKGROUND=1 JBOSS_PIDFILE="$PID_FILE"
export JAVA_OPTS=${quoted(options)}" $JAVA_OPTS"
nohup "$h/bin/standalone.sh" -b ${quoted(server.bind)} ${Object.entries(properties)
    .map(([name, value]) => `-D${name}=${value}`)
    .join(' ')} >>"$o" 2>&1 </dev/null &
s=$!
while [ ! -s "$PID_FILE" ]; do kill -0 "$s" 2>/dev/null || { echo 'standalone.sh ended' >&2; exit 1; }; sleep 0.1; done`;
}

/** What its standalone.conf says unless JAVA_OPTS is given. */
const DEFAULT_OPTIONS = '-Djava.net.preferIPv4Stack=true -Djboss.modules.system.pkgs=org.jboss.byteman -Djava.awt.headless=true';

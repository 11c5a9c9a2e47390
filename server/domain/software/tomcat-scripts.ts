import type { FileSpec } from '../entity/container-spec.ts';
import { javaOptions } from './java-options.ts';
import type { SoftwarePlace } from './process-spec.ts';
import { quoted } from './shell-text.ts';
import type { SoftwareConfig } from './to-process-spec.ts';
import type { WebArchive } from './web-archives.ts';

/** Sets `h` to where a Tomcat is: that of its image, or the packages of Debian. */
function findTomcat(versions: readonly string[]): string {
  const packaged = versions.map((version) => `/usr/share/tomcat${version}`).join(' ');
  return `for h in "$CATALINA_HOME" /usr/local/tomcat ${packaged}; do
  [ -n "$h" ] && [ -f "$h/bin/bootstrap.jar" ] && break
  h=
done`;
}

const NONE = 'There is no Tomcat here: in a container give docker.image.name an image with one';

/**
 * Tomcat and Java from the packages of the system, without its service. JDBC drivers come with it where they are packaged, as far as that
 * goes.
 */
export function installTomcat(versions: readonly string[]): string {
  const users = versions.map((version) => `tomcat${version}-user`).join(' ');
  return `${findTomcat(versions)}
if [ -n "$h" ]; then echo "Tomcat is at $h"; exit 0; fi
command -v apt-get >/dev/null 2>&1 || { echo 'This system has no apt: install Tomcat with Java, and set CATALINA_HOME in shell.env' >&2; exit 1; }
[ "$(id -u)" = 0 ] || exec sudo -n sh "$0"
export DEBIAN_FRONTEND=noninteractive
a='apt-get -q -o DPkg::Lock::Timeout=600'
mkdir -p /usr/share/man/man1
$a update
for p in ${users}; do apt-cache show "$p" >/dev/null 2>&1 && break; p=; done
[ -n "$p" ] || { echo 'Its packages have none of ${users}' >&2; exit 1; }
$a install -y --no-remove --no-install-recommends "$p" default-jre-headless || exit 1
$a install -y --no-remove --no-install-recommends libmariadb-java libpostgresql-jdbc-java || echo 'JDBC drivers are not packaged here' >&2
exit 0`;
}

/** A CATALINA_BASE of its own in the run folder: configuration, drivers that lie on the system, and the archives that it serves. */
export function customizeTomcat(versions: readonly string[], archives: readonly WebArchive[]): string {
  const served = archives.map((archive) => `cp ${quoted(archivePath(archive))} ${quoted(`webapps/${warName(archive)}`)}`);
  return `${findTomcat(versions)}
[ -n "$h" ] || { echo ${quoted(NONE)} >&2; exit 1; }
rm -rf webapps work temp lib && mkdir -p webapps work temp lib logs || exit 1
for f in "$h/conf/web.xml" "$h/skel/conf/web.xml" /dev/null; do [ -f "$f" ] && break; done
[ -f "$f" ] || { echo "There is no web.xml of Tomcat below $h" >&2; exit 1; }
cp "$f" conf/web.xml || exit 1
for f in /usr/share/java/mariadb-java-client.jar /usr/share/java/postgresql.jar; do
  [ -f "$f" ] && [ ! -e "$h/lib/$(basename "$f")" ] && ln -s "$f" lib/
done
${served.map((line) => `${line} || exit 1`).join('\n')}
exit 0`;
}

/** Where an archive is put before it is customised, below the run folder. */
export function archivePath(archive: WebArchive): string {
  return `wars/${warName(archive)}`;
}

/** Tomcat's own rule: `ROOT.war`, `shop.war`, `shop#admin.war`. */
export function warName({ context }: WebArchive): string {
  const name = context.replace(/^\//, '').replaceAll('/', '#');
  return `${name === '' ? 'ROOT' : name}.war`;
}

/** The JVM by itself, so that options arrive as they are written; in a container its log is the container’s. */
export function launchTomcat(versions: readonly string[], config: SoftwareConfig, { kind }: SoftwarePlace): string {
  const own = kind === 'container' ? '[ -w /proc/1/fd/1 ] && o=/proc/1/fd/1\n' : '';
  return `${findTomcat(versions)}
[ -n "$h" ] || { echo ${quoted(NONE)} >&2; exit 1; }
j=java; [ -n "$JAVA_HOME" ] && j="$JAVA_HOME/bin/java"
command -v "$j" >/dev/null 2>&1 || { echo 'There is no Java here' >&2; exit 1; }
export JDK_JAVA_OPTIONS="$JDK_JAVA_OPTIONS ${OPENED}"
o="$RUN_DIR/logs/catalina.out"
${own}cd "$RUN_DIR" || exit 1
nohup "$j" ${javaOptions(config)} $JAVA_OPTS $CATALINA_OPTS \\
  -Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager -Djava.util.logging.config.file=conf/logging.properties \\
  -classpath "$h/bin/bootstrap.jar:$h/bin/tomcat-juli.jar" -Dcatalina.home="$h" -Dcatalina.base="$RUN_DIR" -Djava.io.tmpdir="$RUN_DIR/temp" \\
  org.apache.catalina.startup.Bootstrap start >>"$o" 2>&1 </dev/null &
echo $! >"$PID_FILE"`;
}

/** What Tomcat looks into when it stops an application; Java before 9 does not know the variable. */
const OPENED = ['java.lang', 'java.io', 'java.util', 'java.util.concurrent']
  .map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`)
  .concat('--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED')
  .join(' ');

/** Its port is opened once all archives are deployed. */
export function tomcatFiles({ runDir }: SoftwarePlace, port: number): readonly FileSpec[] {
  const server = `<?xml version="1.0" encoding="UTF-8"?>
<Server port="-1">
  <Listener className="org.apache.catalina.core.JreMemoryLeakPreventionListener"/>
  <Service name="Catalina">
    <Connector port="${port}" protocol="HTTP/1.1" bindOnInit="false"/>
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" unpackWARs="true" autoDeploy="false"/>
    </Engine>
  </Service>
</Server>
`;
  const logging = `handlers = java.util.logging.ConsoleHandler
.level = INFO
java.util.logging.ConsoleHandler.formatter = org.apache.juli.OneLineFormatter
`;
  return [
    { path: `${runDir}/conf/server.xml`, content: server, mode: 0o644 },
    { path: `${runDir}/conf/logging.properties`, content: logging, mode: 0o644 },
  ];
}

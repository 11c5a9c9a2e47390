import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SoftwarePlace } from '../../domain/software/process-spec.ts';
import { plugin } from './jboss7.ts';

const DIR = '/run';
const PLACE: SoftwarePlace = {
  kind: 'container',
  baseDir: DIR,
  installDir: DIR,
  expandedDir: DIR,
  runDir: DIR,
  dataDir: DIR,
  pidFile: `${DIR}/pid`,
};
const commandsOf = (config: Record<string, unknown>) => plugin.software?.commands(plugin.config.parse(config), PLACE);

describe('jboss7', () => {
  it('says that it was never tried', () => expect(plugin.unverified).toBe('a real JBoss or WildFly'));

  it('is started at the ports that are given, with what the blueprint gives its JVM as one text', () => {
    const launch = commandsOf({ 'http.port': 8081, 'webapp.jboss.managementHttpPort': 9991, 'java.sysprops': { a: 'b c' } })?.launch;
    expect(launch).toContain('-Djboss.http.port=8081 -Djboss.management.http.port=9991');
    expect(launch).toMatch(/export JAVA_OPTS='.* '\\''-Da=b c'\\'''/);
  });

  it('gives its JVM the JAVA_OPTS of shell.env too', () => {
    expect(commandsOf({})?.launch).toMatch(/^export JAVA_OPTS='[^\n]*'" \$JAVA_OPTS"$/m);
  });

  it('refuses a context of two names, which a WildFly would serve nowhere', () => {
    const takes = (context: string) =>
      plugin.config.safeParse({ 'wars.by.context': { [context]: 'https://files.example.org/a.war' } }).success;
    expect(['shop', '/shop', '/', 'shop/admin'].map(takes)).toEqual([true, true, true, false]);
  });

  it('takes what download.url has, also where its machine or its image has another', () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'clocker-jboss-'));
    for (const home of ['other', 'downloaded']) {
      mkdirSync(`${dir}/${home}/standalone/configuration`, { recursive: true });
      writeFileSync(`${dir}/${home}/jboss-modules.jar`, '');
      writeFileSync(`${dir}/${home}/standalone/configuration/standalone.xml`, home);
    }
    const env = { ...process.env, JBOSS_HOME: `${dir}/other`, EXPANDED_INSTALL_DIR: `${dir}/downloaded` };
    const { status } = spawnSync('sh', ['-c', commandsOf({})?.customize ?? ''], { cwd: dir, env });
    const taken = readFileSync(`${dir}/standalone/configuration/standalone.xml`, 'utf8');
    rmSync(dir, { recursive: true });
    expect([status, taken]).toEqual([0, 'downloaded']);
  });

  it('deploys its archives by their context', () => {
    const script = commandsOf({ 'wars.root': 'https://files.example.org/shop.war' })?.customize;
    expect(script).toContain("cp 'wars/ROOT.war' 'standalone/deployments/ROOT.war'");
  });
});

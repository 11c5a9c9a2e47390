import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { javaOptions } from './java-options.ts';
import { webArchives } from './web-archives.ts';
import { httpPortOf, webReadiness } from './web-server.ts';

it('serves the root, named archives below their names, and others by path; of two at one path the last', () => {
  const config = {
    'wars.root': 'http://host/get?file=a/root.war',
    'wars.named': 'http://host/shop.war, folder/ROOT.war',
    'wars.by.context': { '/admin/./../users/': 'https://host/u.war', shop: 'https://host/other.war' },
  };
  expect(webArchives(config)).toEqual([
    { source: 'folder/ROOT.war', context: '/' },
    { source: 'https://host/other.war', context: '/shop' },
    { source: 'https://host/u.war', context: '/admin/users' },
  ]);
  expect(webArchives({})).toEqual([]);
});

it('names an archive by the end of its address, with nothing that a shell or a folder would take as its own', () => {
  const named = ['http://host/remote?filepath=x/y/hello-world.war', "http://host/a'b;c.war"];
  expect(webArchives({ 'wars.named': named }).map(({ context }) => context)).toEqual(['/hello-world', '/a-b-c']);
});

it('gives options and properties to the JVM as they are written, and a shell’s escapes for what they stand for', () => {
  const config = {
    'java.opts': ['-Xmx1g', "-Dquote=it's $HOME"],
    'java.sysprops': { 'db.url': 'jdbc:mysql://10.0.0.1:3306/visitors?user=brooklyn\\&password=br00k11n', path: 'C:\\new', flag: null },
  };
  const words = execFileSync('sh', ['-c', `for w in ${javaOptions(config)}; do printf '%s\\n' "$w"; done`], { encoding: 'utf8' });
  expect(words.trimEnd().split('\n')).toEqual([
    '-Xmx1g',
    "-Dquote=it's $HOME",
    '-Ddb.url=jdbc:mysql://10.0.0.1:3306/visitors?user=brooklyn&password=br00k11n',
    '-Dpath=C:\\new',
    '-Dflag',
  ]);
});

it('listens on the first of a range, and is ready when it answers at all', () => {
  expect(httpPortOf({ 'http.port': '8080+' })).toBe(8080);
  expect(webReadiness({ 'http.port': 9000 })).toEqual({ kind: 'http', containerPort: 9000, path: '/', below: 500 });
  expect(webReadiness({ 'httpMonitoring.enabled': 'false' })).toEqual({ kind: 'tcp', containerPort: 8080 });
});

import { describe, expect, it } from 'vitest';
import type { ConfigMap } from '../config-value.ts';
import { parseLocation } from './parse-location.ts';

const specOf = (text: string, options?: ConfigMap) => {
  const { spec, problems } = parseLocation(text, options);
  expect(problems).toEqual([]);
  return spec;
};
const machinesOf = (text: string, options?: ConfigMap) => specOf(text, options)?.options.hosts;
const problemOf = (text: string, options?: ConfigMap) => parseLocation(text, options).problems[0]?.message ?? null;

describe('parseLocation', () => {
  it.each([
    ['localhost', { kind: 'localhost', target: '', options: {} }],
    ['localhost:(name=appLocalhost)', { kind: 'localhost', target: '', options: { name: 'appLocalhost' } }],
    ['localhost(name="two words", user=bob)', { kind: 'localhost', target: '', options: { name: 'two words', user: 'bob' } }],
    ['named:aws-california', { kind: 'named', target: 'aws-california', options: {} }],
    ['my-docker-cloud', { kind: 'named', target: 'my-docker-cloud', options: {} }],
    ['jclouds:softlayer:ams01', { kind: 'jclouds', target: 'softlayer:ams01', options: {} }],
    ['jclouds:aws-ec2', { kind: 'jclouds', target: 'aws-ec2', options: {} }],
    [
      'jclouds:openstack-nova:http://10.0.0.1:5000/v2.0',
      { kind: 'jclouds', target: 'openstack-nova:http://10.0.0.1:5000/v2.0', options: {} },
    ],
    ['aws-ec2:us-east-1', { kind: 'aws-ec2', target: 'us-east-1', options: {} }],
    ['aws-ec2:us-east-1:(minRam=2048)', { kind: 'aws-ec2', target: 'us-east-1', options: { minRam: '2048' } }],
    ['docker:Ab12', { kind: 'docker', target: 'Ab12', options: {} }],
    ['DOCKER:Ab12:Cd34:(name="my-docker-cloud")', { kind: 'docker', target: 'Ab12:Cd34', options: { name: 'my-docker-cloud' } }],
    ['host:(192.168.0.1)', { kind: 'host', target: '192.168.0.1', options: { hosts: [{ address: '192.168.0.1' }] } }],
    ['host(host=h1,user=root)', { kind: 'host', target: 'h1', options: { user: 'root', hosts: [{ user: 'root', address: 'h1' }] } }],
  ])('reads %s', (text, spec) => {
    expect(specOf(text)).toEqual(spec);
  });

  it('takes options of a map where the brackets do not give them', () => {
    expect(specOf('localhost:(user=a)', { user: 'b', port: 22 })).toEqual({
      kind: 'localhost',
      target: '',
      options: { user: 'a', port: 22 },
    });
  });

  it('reads locations inside locations', () => {
    const target = { kind: 'jclouds', target: 'aws-ec2:us-east-1', options: {} };
    expect(specOf('single:(target=jclouds:aws-ec2:us-east-1)')).toEqual({ kind: 'single', target: '', options: { target } });
    const byon = { kind: 'byon', target: '', options: { hosts: [{ address: 'a' }, { address: 'b' }] } };
    expect(specOf('multi:(targets="byon:(hosts=\'a,b\'),jclouds:aws-ec2:us-east-1")')?.options.targets).toEqual([byon, target]);
    const list = { targets: [{ byon: { hosts: ['a', 'b'] } }, 'named:far'] };
    expect(specOf('multi', list)?.options.targets).toEqual([byon, { kind: 'named', target: 'far', options: {} }]);
  });

  it.each([
    ['jcloud:aws-ec2', 'has a kind that is not known'],
    ['byon', 'needs “hosts”'],
    ['byon:(hosts="")', 'at least one host'],
    ['byon:(hosts="a"', 'cannot be read'],
    ['byon:(hosts="a', 'cannot be read'],
    ['byon:10.0.0.1', 'takes its hosts in brackets'],
    ['host:()', 'needs a host'],
    ['host:(hosts="a,b")', 'takes one host'],
    ['single:(name=a)', 'needs a target'],
    ['multi:(targets="")', 'needs targets'],
    ['multi:(targets="byon:(hosts=\'a,,b\')")', 'has a target that a host is empty'],
    ['named:', 'needs a name'],
    ['docker', 'needs the id of a cloud'],
    ['docker:a-b', 'needs the id of a cloud'],
    ['docker:a:(size=3)', 'takes “name” and “displayName”, not “size”'],
    ['docker:a:(name="")', 'has an empty “name”'],
    ['localhost:somewhere', 'takes its options in brackets'],
    ['jclouds', 'needs a provider'],
  ])('says what is wrong with %s', (text, message) => {
    expect(problemOf(text)).toContain(message);
  });

  it('names the kind that was probably meant', () => {
    expect(parseLocation('jcloud:aws-ec2').problems[0]?.hint).toContain('“jclouds”');
    expect(parseLocation('aws-ec:us-east-1').problems[0]?.hint).toContain('aws-ec2');
  });

  it('bounds locations inside locations', () => {
    const deep = Array.from({ length: 9 }).reduce<ConfigMap>((inner) => ({ target: { single: inner } }), { target: 'localhost' });
    expect(problemOf('single', deep)).toContain('nested deeper than 4');
  });
});

describe('the hosts of byon', () => {
  it('are expanded from ranges and choices, in order', () => {
    expect(machinesOf('byon:(hosts="a, b,user@h{1,2-4}:2222")')).toEqual([
      { address: 'a' },
      { address: 'b' },
      { user: 'user', address: 'h1', port: 2222 },
      { user: 'user', address: 'h2', port: 2222 },
      { user: 'user', address: 'h3', port: 2222 },
      { user: 'user', address: 'h4', port: 2222 },
    ]);
    expect(machinesOf('byon:(hosts="10.0.{0,1}.{1-2}")')).toEqual(
      ['10.0.0.1', '10.0.0.2', '10.0.1.1', '10.0.1.2'].map((address) => ({ address })),
    );
    expect(machinesOf('byon:(hosts="n{08-11}")')).toEqual(['n08', 'n09', 'n10', 'n11'].map((address) => ({ address })));
    expect(machinesOf('byon:(hosts="{a{1,2},b}.example.org")')).toEqual(
      ['a1', 'a2', 'b'].map((name) => ({ address: `${name}.example.org` })),
    );
  });

  it('may be written without quotes', () => {
    expect(machinesOf('byon:(hosts=myhost,myhost2, name=abc)')).toEqual([{ address: 'myhost' }, { address: 'myhost2' }]);
  });

  it('take user and port of the location where they have none of their own', () => {
    expect(machinesOf('byon:(hosts="a,root@b:23",user=bob,port=24)')).toEqual([
      { user: 'bob', port: 24, address: 'a' },
      { user: 'root', port: 23, address: 'b' },
    ]);
  });

  it('may be texts and maps in a list', () => {
    const hosts = [
      'stack@192.168.0.10:2022',
      { ssh: 'amp@[2001:db8::1]', privateAddresses: ['10.0.0.1'], hardware: 'small' },
      { winrm: '10.0.0.3:5985', password: 'x' },
    ];
    expect(machinesOf('byon', { hosts })).toEqual([
      { user: 'stack', address: '192.168.0.10', port: 2022 },
      { user: 'amp', address: '2001:db8::1', privateAddresses: ['10.0.0.1'], hardware: 'small' },
      { address: '10.0.0.3', port: 5985, password: 'x', osFamily: 'windows' },
    ]);
  });

  it('are reached through the mapping of the port that is connected to', () => {
    const hosts = [{ ssh: '10.0.0.1', tcpPortMappings: { 22: '83.222.229.1:12001' } }];
    expect(machinesOf('byon', { hosts })).toMatchObject([{ address: '83.222.229.1', port: 12001 }]);
  });

  it('listed twice are two machines, which share the host', () => {
    expect(machinesOf('byon:(hosts="a,a")')).toEqual([{ address: 'a' }, { address: 'a' }]);
  });

  it('that are expressions are left until they are needed', () => {
    const hosts = { $dsl: { text: '$brooklyn:config("hosts")', calls: [{ name: 'config', args: ['hosts'] }] } };
    expect(machinesOf('byon', { hosts })).toEqual(hosts);
  });

  it.each<readonly [string, ConfigMap, readonly (string | number)[], string]>([
    ['the user twice', { hosts: [{ ssh: 'a@h', user: 'b' }] }, ['hosts', 0, 'user'], 'the user of “h” is given twice'],
    ['the port twice', { hosts: ['x', { ssh: 'h:22', port: 23 }] }, ['hosts', 1, 'port'], 'the port of “h” is given twice'],
    ['ssh and winrm', { hosts: [{ ssh: 'h', winrm: 'h' }] }, ['hosts', 0], 'exactly one of “ssh” and “winrm”'],
    ['neither', { hosts: [{ user: 'bob' }] }, ['hosts', 0], 'exactly one of “ssh” and “winrm”'],
    ['a number', { hosts: [7] }, ['hosts', 0], 'needs a text, or a map'],
    ['no host', { hosts: [] }, ['hosts'], 'at least one host'],
    ['a port of 0', { hosts: [{ ssh: 'h', port: 0 }] }, ['hosts', 0, 'port'], 'a port from 1 to 65535'],
    [
      'a mapping without port',
      { hosts: [{ ssh: 'h', tcpPortMappings: { 22: '1.2.3.4' } }] },
      ['hosts', 0, 'tcpPortMappings', '22'],
      'needs host:port',
    ],
    ['an option for a host', { hosts: ['-oProxyCommand=x'] }, ['hosts', 0], 'neither a host name nor an address'],
    ['a host with a space', { hosts: ['a b'] }, ['hosts', 0], 'neither a host name nor an address'],
    ['IPv6 without brackets', { hosts: ['2001:db8::1'] }, ['hosts', 0], 'in brackets'],
    ['an address that is none', { hosts: ['10.0.0.256'] }, ['hosts', 0], 'is no IPv4 address'],
    ['a port out of range', { hosts: ['h:65536'] }, ['hosts', 0], 'a port from 1 to 65535'],
    ['a user that is an option', { hosts: ['-x@h'] }, ['hosts', 0], 'has a user that cannot be one'],
    ['a range that counts down', { hosts: 'h{5-2}' }, ['hosts'], 'counts down'],
    ['a brace without its partner', { hosts: 'h{1' }, ['hosts'], 'brace without its partner'],
    ['too many', { hosts: 'h{1-9}{1-9}{1-9}{1-9}' }, ['hosts'], 'more than 1,000 texts'],
    ['far too many', { hosts: `h${'{1-999999999}'.repeat(30)}` }, ['hosts'], 'more than 1,000 texts'],
    ['many braces', { hosts: `h${'{a}'.repeat(40)}` }, ['hosts'], 'more than 32 braces'],
  ])('with %s are told where', (_, options, at, message) => {
    const [problem] = parseLocation('byon', options).problems;
    expect(problem?.message).toContain(message);
    expect(problem?.at).toEqual(at);
  });
});

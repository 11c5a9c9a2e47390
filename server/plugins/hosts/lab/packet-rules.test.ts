import { describe, expect, it } from 'vitest';
import { isLinkDown, toHealCommands, toPeerIndex, toVethName } from './packet-rules.ts';
import { toJumpRules } from './remove-engine.ts';

const RULES = `-N DOCKER-USER
-A DOCKER-USER -s 10.72.10.11/32 -d 10.72.10.12/32 -m comment --comment "clocker-lab:try:partition" -j DROP
-A DOCKER-USER -s 10.72.11.11/32 -d 10.72.11.12/32 -m comment --comment "clocker-lab:other:partition" -j DROP
-A DOCKER-USER -s 10.72.10.11/32 -j DROP
-A DOCKER-USER -j RETURN`;
const LINKS = `2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc pfifo_fast
12: veth1a@if11: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master lab-try
14: veth2b@if13: <BROADCAST,MULTICAST> mtu 1500 master lab-try state DOWN`;

describe('partition rules', () => {
  it("finds only the lab's own rules, in the words that delete them", () => {
    expect(toHealCommands(RULES, 'try', 'all')).toEqual([
      [
        '-D',
        'DOCKER-USER',
        '-s',
        '10.72.10.11/32',
        '-d',
        '10.72.10.12/32',
        '-m',
        'comment',
        '--comment',
        'clocker-lab:try:partition',
        '-j',
        'DROP',
      ],
    ]);
  });

  it('leaves the rules of hosts that are not healed', () => {
    expect(toHealCommands(RULES, 'try', ['10.72.10.13'])).toEqual([]);
    expect(toHealCommands(RULES, 'try', ['10.72.10.12'])).toHaveLength(1);
  });
});

describe('the cable of a host', () => {
  it('is found by the index that the host sees as its far end', () => {
    const index = toPeerIndex('11: eth0@if12: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500');
    expect(toVethName(LINKS, index)).toBe('veth1a');
    expect(isLinkDown(LINKS, index)).toBe(false);
  });

  it('counts as pulled when its interface was set down', () => {
    expect(isLinkDown(LINKS, 14)).toBe(true);
  });

  it('is unknown where the index is not on this machine', () => {
    expect(toVethName(LINKS, 99)).toBeUndefined();
    expect(toPeerIndex('11: eth0: <UP>')).toBeUndefined();
  });
});

describe('toJumpRules', () => {
  it("names the engine's rules in the built-in chains and nothing else", () => {
    const rules = [
      '-P FORWARD DROP',
      '-N DOCKER',
      '-A FORWARD -o docker0 -j DOCKER',
      '-A FORWARD -s 192.0.2.0/24 -j ACCEPT',
      '-A DOCKER -j RETURN',
    ];
    expect(toJumpRules(rules, ['DOCKER'])).toEqual([['-D', 'FORWARD', '-o', 'docker0', '-j', 'DOCKER']]);
  });
});

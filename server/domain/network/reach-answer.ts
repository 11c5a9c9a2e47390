import type { EntityId, HostId, InstanceId } from '../shared/ids.ts';

/** One of the two containers of a question. */
export interface ReachEnd {
  readonly instanceId: InstanceId;
  readonly entityId: EntityId;
  readonly name: string;
  readonly hostId: HostId;
  readonly host: string;
}

/** What lies between two containers, in the order in which a packet passes it. */
export type ReachStepName = 'from' | 'network' | 'bridge' | 'way' | 'hosts' | 'arrival' | 'to' | 'name' | 'answer';

export interface ReachStep {
  readonly name: ReachStepName;
  readonly title: string;
  /** `skipped`: it could not be looked at. A warning keeps nothing from passing. */
  readonly state: 'ok' | 'warning' | 'failed' | 'skipped';
  /** What was found, in one sentence. */
  readonly text: string;
  /** What a person does about it; null where there is nothing to do. */
  readonly fix: string | null;
}

/** Can one container reach another? Measured from inside of the first. */
export interface ReachAnswer {
  readonly reached: boolean;
  /** Milliseconds that the connection, or without a port the answer to a ping, took; null where none came. */
  readonly ms: number | null;
  readonly from: ReachEnd;
  readonly to: ReachEnd;
  /** TCP; null where it was pinged. */
  readonly port: number | null;
  /** The address that was tried; null where they share no network. */
  readonly address: string | null;
  readonly network: string | null;
  readonly steps: readonly ReachStep[];
  /** The first step that is wrong, and what to do; null where it was reached. */
  readonly problem: { readonly step: ReachStepName; readonly text: string; readonly fix: string | null } | null;
}

/** How a try to connect, or a ping, ended. */
export type ReachProbe =
  | { readonly end: 'answered'; readonly ms: number }
  | { readonly end: 'refused' | 'silent' | 'no-route' }
  /** It could not be tried. */
  | { readonly end: 'untried'; readonly why: string };

export interface ReachFindings {
  readonly from: ReachEnd;
  readonly to: ReachEnd;
  readonly port: number | null;
  /** Why a container cannot send or answer now; empty where it runs. */
  readonly stopped: { readonly from: string; readonly to: string };
  /** A network that both are on, and the address of the second there. */
  readonly shared: { readonly name: string; readonly address: string } | null;
  /** Networks that one of them is on, for the sentence where they share none. */
  readonly joined: { readonly from: readonly string[]; readonly to: readonly string[] };
  /** How packets go from host to host; null on one host, and where the provider does not tell. */
  readonly way: { readonly text: string; readonly needs: string; readonly probe: ReachProbe | null } | null;
  /** What the host of each lacks of its networks, in words; null where it could not be looked at. */
  readonly missing: { readonly from: readonly string[] | null; readonly to: readonly string[] | null };
  /** From host to host, not through the network; null on one host. */
  readonly hosts: ReachProbe | null;
  readonly probe: ReachProbe;
  /** Addresses that the second listens on at the port; null where it could not be looked at, or no port was asked for. */
  readonly listens: readonly string[] | null;
  /** What the first is told when it asks for the second by name; null where it has no name, or could not ask. */
  readonly resolved: { readonly name: string; readonly addresses: readonly string[] } | null;
}

const TITLES: Readonly<Record<ReachStepName, string>> = {
  from: 'From',
  network: 'Network',
  bridge: 'Leaves its host',
  way: 'Way',
  hosts: 'Between the hosts',
  arrival: 'Arrives',
  to: 'To',
  name: 'Name',
  answer: 'Answer',
};

type Verdict = Pick<ReachStep, 'state' | 'text' | 'fix'>;

const MENDED = 'It is made again within 30 s. Where it goes again, look for who takes it away on that host.';

/** The path in steps, and the first that is wrong. Pure. */
export function toReachAnswer(findings: ReachFindings): ReachAnswer {
  const { from, to, port, shared, probe } = findings;
  const reached = probe.end === 'answered';
  const steps = verdicts(findings).map(([name, verdict]) => ({ name, title: TITLES[name], ...verdict }));
  // Who refuses was reached, whatever else is wrong on the way.
  const isWrong = (step: ReachStep): boolean => step.state === 'failed' && (probe.end !== 'refused' || step.name === 'answer');
  const wrong = reached ? undefined : steps.find(isWrong);
  return {
    reached,
    ms: reached ? probe.ms : null,
    ...{ from, to, port, address: shared?.address ?? null, network: shared?.name ?? null, steps },
    problem: wrong ? { step: wrong.name, text: wrong.text, fix: wrong.fix } : null,
  };
}

function verdicts(findings: ReachFindings): readonly (readonly [ReachStepName, Verdict])[] {
  const { from, to, way, missing, hosts, stopped, shared } = findings;
  const isFar = from.hostId !== to.hostId;
  return [
    ['from', stopped.from === '' ? ok(`${from.name} runs on ${from.host}`) : bad(`${from.name} ${stopped.from}`, 'Start it.')],
    ['network', networkVerdict(findings)],
    ...(shared === null ? [] : [['bridge', hostVerdict(from.host, missing.from)] as const]),
    ...(shared !== null && isFar && hosts !== null ? [['hosts', hostsVerdict(findings, hosts)] as const] : []),
    ...(shared !== null && isFar && way !== null ? [['way', wayVerdict(findings, way)] as const] : []),
    ...(shared !== null && isFar ? [['arrival', hostVerdict(to.host, missing.to)] as const] : []),
    ['to', stopped.to === '' ? ok(`${to.name} runs on ${to.host}`) : bad(`${to.name} ${stopped.to}`, 'Start it.')],
    ...(shared === null ? [] : ([...nameVerdict(findings), ['answer', answerVerdict(findings)]] as const)),
  ];
}

function networkVerdict({ from, to, shared, joined }: ReachFindings): Verdict {
  if (shared) return ok(`Both are on ${shared.name}, where ${to.name} has ${shared.address}`);
  const list = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '));
  return bad(
    `They are on no common network: ${from.name} is on ${list(joined.from)}, ${to.name} on ${list(joined.to)}`,
    'Have both join one network in the blueprint (docker.container.networks), or publish a port of the second.',
  );
}

function hostVerdict(host: string, missing: readonly string[] | null): Verdict {
  if (missing === null) return skipped(`${host} could not be looked at`);
  if (missing.length === 0) return ok(`${host} has its bridge, links and entries`);
  const shown = missing.slice(0, 3).join('; ');
  return bad(`${host} lacks: ${shown}${missing.length > 3 ? `, and ${missing.length - 3} more` : ''}`, MENDED);
}

/** Some let no ping pass, and yet what networks need. */
function hostsVerdict({ from, to, way, probe: answer }: ReachFindings, probe: ReachProbe): Verdict {
  switch (probe.end) {
    case 'answered':
      return ok(`${to.host} answers ${from.host} in ${toMs(probe.ms)}`);
    case 'untried':
      return skipped(probe.why);
    default:
      if (answer.end === 'answered' || way?.probe?.end === 'answered')
        return { state: 'warning', text: `${to.host} answers no ping of ${from.host}`, fix: null };
      return bad(`${to.host} does not answer ${from.host}`, 'See that it is on, and that nothing between the two holds packets back.');
  }
}

function wayVerdict({ from, to }: ReachFindings, { text, needs, probe }: NonNullable<ReachFindings['way']>): Verdict {
  if (probe?.end === 'answered') return ok(`${text}: ${to.host} answers over it in ${toMs(probe.ms)}`);
  if (probe === null || probe.end === 'untried') return ok(text);
  return bad(`${text}: ${to.host} does not answer over it`, `Let ${needs} pass between ${from.host} and ${to.host}, both ways.`);
}

/** A name that several have, or that is asked for while they are not ready, may be that of others: only none at all is wrong. */
function nameVerdict({ from, shared, resolved }: ReachFindings): readonly (readonly [ReachStepName, Verdict])[] {
  if (resolved === null) return [];
  const { name, addresses } = resolved;
  const told = addresses.join(', ');
  if (shared && addresses.includes(shared.address)) return [['name', ok(`${name} is ${told}`)]];
  const text = told === '' ? `${from.name} is told no address for ${name}` : `${name} is ${told}`;
  const fix = 'Names are those of containers that are ready: see that its readiness check passes.';
  return [['name', { state: 'warning', text, fix: told === '' ? `${fix} Else see that dnsmasq runs on ${from.host}.` : fix }]];
}

function answerVerdict({ to, port, shared, probe, listens }: ReachFindings): Verdict {
  const target = port === null ? (shared?.address ?? '') : `${shared?.address ?? ''}:${port}`;
  switch (probe.end) {
    case 'answered':
      return ok(port === null ? `${target} answers in ${toMs(probe.ms)}` : `${target} takes the connection in ${toMs(probe.ms)}`);
    case 'refused':
      return listens !== null && listens.length > 0
        ? bad(`${to.name} listens on ${listens.join(', ')} only, and refuses at ${target}`, 'Have it listen on all addresses (0.0.0.0).')
        : bad(`${target} is reached, and refuses: nothing listens there`, 'See that the software has started, and on which port.');
    case 'no-route':
      return bad(`There is no route to ${target}`, 'See the steps before.');
    case 'untried':
      return skipped(probe.why);
    case 'silent':
      return bad(
        `${target} does not answer`,
        listens !== null && listens.length > 0
          ? `${to.name} listens there: something in between drops the packets, as a rule of the firewall on ${to.host} or in the container.`
          : 'Something in between drops the packets: see the steps before, and the firewall of the hosts.',
      );
  }
}

function ok(text: string): Verdict {
  return { state: 'ok', text, fix: null };
}

function bad(text: string, fix: string): Verdict {
  return { state: 'failed', text, fix };
}

function skipped(text: string): Verdict {
  return { state: 'skipped', text, fix: null };
}

function toMs(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}

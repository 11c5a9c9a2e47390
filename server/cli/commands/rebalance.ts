import type { Command } from 'commander';
import type { MoveProposal } from '../../domain/placement/propose-moves.ts';
import { remoteCommand, type Session, withServer } from '../client/action.ts';
import { findCloud } from '../client/find.ts';
import { parseCount } from '../client/options.ts';
import { printable, toTable } from '../client/output.ts';
import { waitForTask } from '../client/wait.ts';
import { type WaitOptions, waiting } from './effectors.ts';

interface RebalanceOptions extends WaitOptions {
  readonly apply?: boolean;
  readonly limit: number;
}

export function rebalanceCommand(): Command {
  return waiting(
    remoteCommand('rebalance', 'which containers placement would put on other hosts now, and why; with --apply they are moved')
      .argument('<cloud>', 'name or id')
      .option('--apply', 'move them: each starts elsewhere before it stops where it is')
      .option('--limit <number>', 'moves at most, 1 to 100', parseCount, 20),
  ).action((reference: string, options: RebalanceOptions) => withServer(options, (session) => rebalance(session, reference, options)));
}

async function rebalance(session: Session, reference: string, options: RebalanceOptions): Promise<void> {
  const { api, output } = session;
  const { id: cloudId, name } = await findCloud(api, reference);
  const proposal = await api.cloud.proposeMoves.query({ cloudId, limit: options.limit });
  if (!options.apply || proposal.moves.length === 0) {
    output.result(proposal, () => toLines(proposal, name));
    return;
  }
  for (const line of toLines(proposal, name)) output.progress(line);
  const moves = proposal.moves.flatMap(({ entities: [first], to }) => (first ? [{ entityId: first.id, toHostId: to }] : []));
  const { taskId } = await api.cloud.rebalance.mutate({ cloudId, moves });
  const task = options.wait ? await waitForTask(session, taskId, options.timeout) : null;
  output.result({ ...proposal, taskId, ...(task ? { status: task.status } : {}) }, () => [task ? `Done: ${task.name}` : `Task ${taskId}`]);
}

function toLines({ moves, hosts, stuck, notes, more }: MoveProposal, name: string): readonly string[] {
  const nothing = `Nothing to move on ${name}: every container is where placement would put it`;
  const stay = `Nothing to move on ${name}`;
  return [
    ...(moves.length === 0
      ? [stuck.length === 0 && notes.length === 0 ? nothing : stay]
      : toTable(
          ['ENTITY', 'APPLICATION', 'FROM', 'TO', 'WHY'],
          moves.map(({ entities, fromName, toName, reasons }) => [
            entities.map((entity) => entity.name).join(', '),
            entities[0]?.application ?? '',
            fromName,
            toName,
            reasons.join('; '),
          ]),
        )),
    ...(hosts.length === 0
      ? []
      : [
          '',
          ...toTable(
            ['HOST', 'CONTAINERS', 'THEN'],
            hosts.map((host) => [host.name, String(host.before), String(host.after)]),
          ),
        ]),
    ...stuck.map(({ name: entity, reason }) => printable(`${entity} stays, as no host takes it: ${reason}`)),
    ...notes.map(printable),
    ...(more ? ['There is more to move: ask again after these.'] : []),
  ];
}

import type { Command } from 'commander';
import { createContext } from '../context.js';
import { table, time } from '../table.js';
import { addListOptions, type ListOptions, listFilter, type Page } from './lists.js';

interface ApprovalView {
  id: number;
  candidate_version: string;
  state: string;
  requested_by: string;
  reason: string;
  expires_at: string;
  decided_by: string | null;
  may_approve: boolean;
}

export function addApprovals(program: Command): void {
  const approvals = program.command('approvals').description('promotions that wait, or waited, for a person');
  addListOptions(approvals.command('list', { isDefault: true }).description('newest first'))
    .option('--state <state>', 'only these: pending, approved, rejected, lapsed, withdrawn')
    .action(async (options: ListOptions & { state?: string }, command: Command) => {
      const context = createContext(command);
      const query = { project: await context.project(), state: options.state, ...listFilter(options) };
      context.print(await context.api.get<Page<ApprovalView>>('approvals', query), ({ items }) =>
        table(
          ['ID', 'CANDIDATE', 'STATE', 'ASKED BY', 'UNTIL (UTC)', 'ANSWERED BY', 'YOURS TO APPROVE', 'REASON'],
          items.map((one) => [
            one.id,
            one.candidate_version,
            one.state,
            one.requested_by,
            time(one.expires_at),
            one.decided_by,
            one.may_approve,
            one.reason,
          ]),
        ),
      );
    });
  const answers = [
    ['approve', 'let the candidate be promoted'],
    ['reject', 'refuse: production stays, the experiment ends'],
  ] as const;
  for (const [name, description] of answers) {
    approvals
      .command(name)
      .argument('<id>', 'number of the approval')
      .description(description)
      .requiredOption('--reason <text>', 'why, for the audit log')
      .action(async (id: string, { reason }: { reason: string }, command: Command) => {
        const context = createContext(command);
        const path = `approvals/${encodeURIComponent(id)}/${name}`;
        context.print(
          await context.api.post<ApprovalView>(path, { reason }),
          (one) => `${one.candidate_version} is ${one.state}`,
        );
      });
  }
}

import type { Command } from 'commander';
import { createContext } from '../context.js';
import { CliError, exitCodes } from '../exit-codes.js';
import { facts, table, time } from '../table.js';
import { addListOptions, type ListOptions, listFilter, type Page } from './lists.js';

interface AuditView {
  id: number;
  project: string | null;
  action: string;
  actor: string;
  subject: string;
  reason: string | null;
  created_at: string;
}

interface Verification {
  rows: number;
  unchained: number;
  head: string;
  findings: { kind: string; sequence: number | null; message: string }[];
}

interface AuditOptions extends ListOptions {
  readonly action?: string;
  readonly actor?: string;
  readonly subject?: string;
}

export function addAudit(program: Command): void {
  const audit = program.command('audit').description('every change of state: who, when, what and why');
  addListOptions(audit.command('list', { isDefault: true }).description('entries, newest first'))
    .option('--action <name>', 'only this action')
    .option('--actor <name>', 'only of this actor')
    .option('--subject <name>', 'only about this version, job or key')
    .action(async (options: AuditOptions, command: Command) => {
      const context = createContext(command);
      const { action, actor, subject } = options;
      const { project } = command.optsWithGlobals<{ project?: string }>();
      const query = { project, action, actor, subject, ...listFilter(options) };
      context.print(await context.api.get<Page<AuditView>>('audit', query), ({ items }) =>
        table(
          ['ID', 'AT (UTC)', 'ACTION', 'ACTOR', 'SUBJECT', 'REASON'],
          items.map((one) => [one.id, time(one.created_at), one.action, one.actor, one.subject, one.reason]),
        ),
      );
    });
  audit
    .command('verify')
    .description('compute the hash of every entry anew; ends with 1 when one was changed, removed or moved')
    .option('--head <count:hash>', 'the head that an earlier verification told')
    .action(async ({ head }: { head?: string }, command: Command) => {
      const context = createContext(command);
      const verification = await context.api.get<Verification>('audit/verification', { head });
      context.print(verification, ({ rows, unchained, head: end, findings }) => {
        const summary = facts([
          ['entries', rows],
          ['older than the chain', unchained],
          ['findings', findings.length],
          ['head', end],
        ]);
        return [...findings.map(({ message }) => message), summary].join('\n');
      });
      if (verification.findings.length > 0) {
        throw new CliError(exitCodes.failed, 'the audit log is not what was written');
      }
    });
}

import type { Command } from 'commander';

export const shells = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof shells)[number];

interface Words {
  /** Commands up to here, `models compare`; empty for the program itself. */
  readonly path: string;
  readonly commands: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly { readonly long: string; readonly description: string }[];
}

/** What can follow each command. */
function words(command: Command, path: readonly string[] = []): Words[] {
  const own: Words = {
    path: path.join(' '),
    commands: command.commands.map((one) => ({ name: one.name(), description: one.description() })),
    options: [...command.options, ...(path.length > 0 ? (command.parent?.options ?? []) : [])].flatMap(
      ({ long, description }) => (long ? [{ long, description }] : []),
    ),
  };
  return [own, ...command.commands.flatMap((one) => words(one, [...path, one.name()]))];
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

function cases(all: readonly Words[]): string {
  return all
    .map(({ path, commands, options }) => {
      const list = [...commands.map(({ name }) => name), ...options.map(({ long }) => long)].join(' ');
      return `    ${quoted(path)}) words=${quoted(list)} ;;`;
    })
    .join('\n');
}

function bash(name: string, all: readonly Words[]): string {
  return `_${name}() {
  local path='' words='' word i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    case "\${path:+$path }$word" in
${all
  .filter(({ path }) => path)
  .map(({ path }) => `      ${quoted(path)}) path=${quoted(path)} ;;`)
  .join('\n')}
    esac
  done
  case "$path" in
${cases(all)}
  esac
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -F _${name} ${name}
`;
}

/** zsh runs the bash script through its own compatibility layer. */
function zsh(name: string, all: readonly Words[]): string {
  return `autoload -U +X compinit && compinit -u
autoload -U +X bashcompinit && bashcompinit
${bash(name, all)}`;
}

function fish(name: string, all: readonly Words[]): string {
  const lines = [`complete -c ${name} -f`];
  for (const { path, commands, options } of all) {
    const own = path.split(' ').filter(Boolean);
    const next = commands.map((one) => one.name);
    const seen = own.map((word) => `__fish_seen_subcommand_from ${word}`);
    const unseen = next.length > 0 ? [`not __fish_seen_subcommand_from ${next.join(' ')}`] : [];
    const condition = [...seen, ...unseen].join('; and ');
    const when = condition === '' ? '' : ` -n ${quoted(condition)}`;
    for (const one of commands) lines.push(`complete -c ${name}${when} -a ${one.name} -d ${quoted(one.description)}`);
    for (const { long, description } of options) {
      lines.push(`complete -c ${name}${when} -l ${long.slice(2)} -d ${quoted(description)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** A script for the shell, made from the commands that there are. */
export function completionScript(shell: Shell, program: Command): string {
  const all = words(program);
  const make = { bash, zsh, fish }[shell];
  return make(program.name(), all);
}

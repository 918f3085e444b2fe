/** What the command ends with; scripts may rely on it. */
export const exitCodes = {
  done: 0,
  /** It was done and did not end well: a training failed, gates said no, the audit log has findings. */
  failed: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** The control API refused: no such thing, something in the way, a value that cannot be used. */
  refused: 3,
  /** Not signed in, or not allowed. */
  access: 4,
  /** The control API, or a part that it needs, is away. */
  away: 5,
} as const;

/** Ends the command with a message and an exit code; its text is shown without a stack. */
export class CliError extends Error {
  readonly exitCode: number;

  constructor(exitCode: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CliError';
    this.exitCode = exitCode;
  }
}

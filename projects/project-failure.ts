/** Why a project's folder cannot be used. */
export interface ProjectFailure {
  /** The folder under projects/, which is the project's name. */
  readonly project: string;
  /** The file at fault. */
  readonly file: string;
  readonly reason: string;
}

/** `projects/iris/project.ts: …`, as one line. */
export function describeFailure({ file, reason }: ProjectFailure): string {
  return `${file}: ${reason}`;
}

export const loopEventKinds = [
  'promoted',
  'rolled_back',
  'training_failed',
  'drift',
  'approval_wanted',
  'approval_reminder',
  'approval_decided',
  'emergency_stop',
  'experiment_ended',
] as const;
export type LoopEventKind = (typeof loopEventKinds)[number];

/** Something the loop did, or wants, that people should hear of. */
export interface LoopEvent {
  readonly kind: LoopEventKind;
  readonly project: string;
  /** What it is about: a model version, an experiment, an approval. */
  readonly subject: string;
  /** One sentence. */
  readonly summary: string;
  /** A few figures by name. */
  readonly details?: Readonly<Record<string, string | number>>;
}

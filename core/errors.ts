/**
 * The closed set of errors the domain raises. `code` is stable and public: HTTP answers and Temporal failures carry it.
 * HTTP status lives in one map per application; whether to retry lives in the activities.
 */
export type ErrorCode =
  | 'INVALID_INPUT'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'NO_MODEL'
  | 'ARTIFACT_INVALID'
  | 'DATASET_INVALID'
  | 'GATE_FAILED'
  | 'UNAVAILABLE';

/** One thing wrong with a request: which field, what it was, and what is allowed. */
export interface FieldProblem {
  readonly field: string;
  readonly value?: unknown;
  readonly message: string;
}

export class DomainError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** The caller sent something that cannot be used; the message says what is allowed. */
export class InvalidInputError extends DomainError {
  readonly problems: readonly FieldProblem[];

  constructor(message: string, problems: readonly FieldProblem[] = [], options?: ErrorOptions) {
    super('INVALID_INPUT', message, options);
    this.problems = problems;
  }
}

export class NotFoundError extends DomainError {
  constructor(message: string, options?: ErrorOptions) {
    super('NOT_FOUND', message, options);
  }
}

/** The state has moved on since the caller looked: another delivery, another version. */
export class ConflictError extends DomainError {
  constructor(message: string, options?: ErrorOptions) {
    super('CONFLICT', message, options);
  }
}

/** The slot holds no model, so nothing can be predicted from it. */
export class NoModelError extends DomainError {
  constructor(message: string, options?: ErrorOptions) {
    super('NO_MODEL', message, options);
  }
}

/** A stored artifact is missing, truncated, of another version or not what its manifest says. */
export class ArtifactInvalidError extends DomainError {
  constructor(message: string, options?: ErrorOptions) {
    super('ARTIFACT_INVALID', message, options);
  }
}

/** A training file that cannot be read as the project's raw format. */
export class DatasetInvalidError extends DomainError {
  constructor(message: string, options?: ErrorOptions) {
    super('DATASET_INVALID', message, options);
  }
}

/** The trained model is not good enough to be deployed; the reasons are in the message and the run. */
export class GateFailedError extends DomainError {
  readonly reasons: readonly string[];

  constructor(message: string, reasons: readonly string[], options?: ErrorOptions) {
    super('GATE_FAILED', message, options);
    this.reasons = reasons;
  }
}

/** A part this one depends on is away; trying again later may help. */
export class UnavailableError extends DomainError {
  constructor(message: string, options?: ErrorOptions) {
    super('UNAVAILABLE', message, options);
  }
}

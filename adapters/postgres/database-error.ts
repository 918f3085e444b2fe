import pg from 'pg';

/** Classes of SQLSTATE that blame the data of the statement (22: bad value, 23: constraint), not the server. */
const dataClasses = new Set(['22', '23']);

/**
 * Whether an error means that Postgres cannot take any statement now (connection lost, shutting down, disk full,
 * time out, …) rather than that this statement's data is wrong.
 */
export function isAway(error: unknown): boolean {
  if (!(error instanceof pg.DatabaseError)) return true;
  return !dataClasses.has((error.code ?? '').slice(0, 2));
}

/** Whether the error is a violated unique constraint. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '23505';
}

/**
 * Whether the same statement may well succeed at once: it lost against another one (deadlock, serialisation), or a
 * partition was attached between its planning and its execution, so that its rows were sent to the wrong one.
 */
export function isMomentary(error: unknown): boolean {
  return error instanceof pg.DatabaseError && ['40001', '40P01', '23514'].includes(error.code ?? '');
}

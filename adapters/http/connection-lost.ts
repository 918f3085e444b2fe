import pg from 'pg';

const SOCKET_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);
/** gRPC: DEADLINE_EXCEEDED and UNAVAILABLE. */
const GRPC_CODES = new Set([4, 14]);

/** Whether the error means that Postgres, Temporal or S3 cannot be reached now. */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  // class 57P: the server shuts down or starts; 53: out of connections or disk
  if (error instanceof pg.DatabaseError) return /^(57P|53|08)/.test(error.code ?? '');
  if (typeof code === 'string' && SOCKET_CODES.has(code)) return true;
  if (typeof code === 'number' && GRPC_CODES.has(code)) return true;
  if (/Connection terminated|timeout exceeded when trying to connect/.test(error.message)) return true;
  return error.cause !== undefined && error.cause !== error && isConnectionLost(error.cause);
}

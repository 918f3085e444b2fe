import type { IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';

/** A request that came whole, in one piece. */
export interface PlainPost {
  readonly method: 'POST';
  readonly url: string;
  /** By lower-case name, as node:http tells them. */
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly socket: Socket;
}

/** Bytes of a head; a longer one goes the usual way. */
const LONGEST_HEAD = 4096;
/** At most one space before a value and none after it: with more of them there would be many ways to read a line, each tried. */
const FIELD = /([!#$%&'*+.^_`|~0-9A-Za-z-]+): ?((?:[!-~\x80-\xff](?:[\t -~\x80-\xff]*[!-~\x80-\xff])?)?)\r\n/y;
/** They change where a request ends or how it is answered. */
const UNUSUAL = new Set(['transfer-encoding', 'expect', 'upgrade', 'te', 'trailer']);

/** @returns null when a line is no plain field, or a name comes twice */
function readFields(head: string, from: number): IncomingHttpHeaders | null {
  const headers: IncomingHttpHeaders = {};
  FIELD.lastIndex = from;
  while (FIELD.lastIndex < head.length) {
    const field = FIELD.exec(head);
    if (field === null) return null;
    const name = field[1]!.toLowerCase();
    if (name in headers || UNUSUAL.has(name)) return null;
    headers[name] = field[2]!;
  }
  return headers;
}

/**
 * The request that a piece of a connection is, if it is exactly one whole plain POST: HTTP/1.1, kept alive, its length
 * given, nothing before or after it.
 *
 * @param paths the only ones that it may be for
 * @returns null for everything else, right or wrong: that is for a parser that knows all of HTTP
 */
export function readPlainPost(piece: Buffer, paths: ReadonlySet<string>, socket: Socket): PlainPost | null {
  const end = piece.indexOf('\r\n\r\n');
  if (end < 0 || end > LONGEST_HEAD) return null;
  const head = piece.toString('latin1', 0, end + 2);
  const line = head.indexOf('\r\n');
  if (!head.startsWith('POST ') || !head.startsWith(' HTTP/1.1', line - 9)) return null;
  const url = head.slice(5, line - 9);
  if (!paths.has(url)) return null;
  const headers = readFields(head, line + 2);
  if (!headers?.host) return null;
  const { connection, 'content-length': length } = headers;
  if (connection !== undefined && connection.toLowerCase() !== 'keep-alive') return null;
  if (length === undefined || !/^\d{1,7}$/.test(length) || end + 4 + Number(length) !== piece.length) return null;
  return { method: 'POST', url, headers, body: piece.subarray(end + 4), socket };
}

import { HttpProblem } from '../../adapters/http/problem.js';

function unsupported(message: string): HttpProblem {
  return new HttpProblem({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', message });
}

/** The media type of a Content-Type header in lower case, without parameters. */
export function mediaType(header: string | undefined): string {
  if (header === 'application/json') return header;
  return (header ?? '').split(';', 1)[0]!.trim().toLowerCase();
}

function checkCharset(header: string): void {
  const charset = /;\s*charset="?([^";\s]+)/i.exec(header)?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
    throw unsupported(`the body must be UTF-8, got charset ${charset.slice(0, 40)}`);
  }
}

/** @throws {HttpProblem} 400 saying where the text stops being JSON */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = text.trim() === '' ? 'it is empty' : (error as Error).message.slice(0, 200);
    throw new HttpProblem(
      { status: 400, code: 'BAD_JSON', message: `the body is not JSON: ${reason}` },
      { cause: error },
    );
  }
}

function parseForm(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

/**
 * A JSON or form body as a value. Form fields are texts.
 *
 * @throws {HttpProblem} 400 for JSON that is none, 415 for any other content type, charset or encoding
 */
export function parseBody(body: Buffer, contentType: string | undefined, contentEncoding: string | undefined): unknown {
  if (contentEncoding !== undefined && contentEncoding !== 'identity') {
    throw unsupported(`the body must not be encoded, got Content-Encoding ${contentEncoding.slice(0, 40)}`);
  }
  if (contentType === 'application/json') return parseJson(body.toString());
  checkCharset(contentType ?? '');
  const type = mediaType(contentType);
  if (type === 'application/json' || type.endsWith('+json')) return parseJson(body.toString());
  if (type === 'application/x-www-form-urlencoded') return parseForm(body.toString());
  const got = contentType === undefined ? 'none' : contentType.slice(0, 80);
  throw unsupported(`Content-Type must be application/json or application/x-www-form-urlencoded, got ${got}`);
}

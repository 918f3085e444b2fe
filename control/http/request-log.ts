import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';

/** Header values that let a reader of the log act as the caller. */
const SECRET_HEADERS = ['authorization', 'cookie', 'x-api-key', 'x-csrf-token', 'proxy-authorization'];

/** One line for each answered request, with an id that the caller gets as X-Request-Id; secrets are left out. */
export function requestLog(logger: Logger) {
  return pinoHttp({
    logger,
    // the caller's own id only where it can do no harm in a log or a header
    genReqId(request, response) {
      const given = request.headers['x-request-id'];
      const id = typeof given === 'string' && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
      response.setHeader('X-Request-Id', id);
      return id;
    },
    redact: {
      paths: [...SECRET_HEADERS.map((name) => `req.headers["${name}"]`), 'res.headers["set-cookie"]'],
      censor: 'secret',
    },
    serializers: {
      req: ({
        id,
        method,
        url,
        headers,
      }: {
        id: string;
        method: string;
        url: string;
        headers: Record<string, string>;
      }) => ({
        id,
        method,
        url: url
          .replace(/([?&](?:token|key|secret|password)=)[^&]*/gi, '$1secret')
          .replace(/(\/api\/users\/)[^/?]+/, '$1secret'),
        headers: { ...headers },
      }),
      res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
    },
    customLogLevel: (_request, response, error) => (error || response.statusCode >= 500 ? 'warn' : 'debug'),
    customSuccessMessage: () => 'answered',
    customErrorMessage: () => 'answered with an error',
  });
}

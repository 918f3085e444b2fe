import { type LookupAddress, lookup } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { InvalidInputError, UnavailableError } from '../../core/errors.js';
import { isPublicAddress } from './public-address.js';

const TIMEOUT_MS = 5_000;

export interface Webhook {
  /** @throws {InvalidInputError} when the address must not be called */
  check(url: string): Promise<void>;
  /**
   * Posts JSON. Redirects are not followed.
   * @throws {InvalidInputError} when the address must not be called
   * @throws {UnavailableError} when it does not answer with 2xx in time
   */
  post(url: string, payload: unknown): Promise<void>;
}

/** A private address and an unknown name get the same words: they tell nothing about the network behind this service. */
const refusal = (host: string) =>
  new InvalidInputError(
    `webhooks go to public addresses only, ${host} is none: WEBHOOK_HOSTS may name it as an exception`,
  );

/**
 * Calls addresses that users gave, and only those on the internet: the addresses of a name are looked at when the connection is made,
 * so a name cannot mean one machine when it is checked and another when it is called.
 *
 * @param exceptions host names or addresses that may be private
 */
export function createWebhook(exceptions: readonly string[] = []): Webhook {
  function parse(url: string): URL {
    const parsed = URL.canParse(url) ? new URL(url) : null;
    if (!parsed || !['http:', 'https:'].includes(parsed.protocol) || parsed.username || parsed.password) {
      throw new InvalidInputError('a webhook is an http or https address without a user name');
    }
    const host = bare(parsed);
    if (!exceptions.includes(host) && isIP(host) !== 0 && !isPublicAddress(host)) throw refusal(host);
    return parsed;
  }
  const bare = ({ hostname }: URL) => hostname.replace(/^\[|\]$/g, '');

  const guarded: LookupFunction = (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error) return callback(refusal(host), '', 4);
      const good = exceptions.includes(host) || found.every(({ address }) => isPublicAddress(address));
      if (!good || !found[0]) return callback(refusal(host), '', 4);
      if (options.all) callback(null, found);
      else callback(null, found[0].address, found[0].family);
    });
  };

  return {
    async check(url) {
      const host = bare(parse(url));
      if (isIP(host) !== 0) return;
      await new Promise<void>((resolve, reject) => {
        guarded(host, { all: true }, (error) => (error ? reject(error) : resolve()));
      });
    },

    async post(url, payload) {
      const parsed = parse(url);
      const body = JSON.stringify(payload);
      const send = parsed.protocol === 'https:' ? requestHttps : requestHttp;
      const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
      const status = await new Promise<number>((resolve, reject) => {
        const signal = AbortSignal.timeout(TIMEOUT_MS);
        const sent = send(parsed, { method: 'POST', lookup: guarded, signal, headers, agent: false }, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        });
        sent.on('error', reject);
        sent.end(body);
      }).catch((error: Error) => {
        if (error instanceof InvalidInputError) throw error;
        throw new UnavailableError(`${parsed.host} did not answer: ${error.message}`, { cause: error });
      });
      if (status < 200 || status > 299) throw new UnavailableError(`${parsed.host} answered with ${status}`);
    },
  };
}

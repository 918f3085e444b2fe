import { type LookupAddress, lookup } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { InvalidInputError } from '../../core/errors.js';
import type { SendPost } from '../notifiers/post.js';
import { isPublicAddress } from './public-address.js';

export interface GuardedPost {
  /** @throws {InvalidInputError} when the address must not be called */
  check(url: string): Promise<void>;
  /**
   * Posts once and tells the status. Redirects are not followed.
   * @throws {InvalidInputError} when the address must not be called
   */
  readonly send: SendPost;
}

/** A private address and an unknown name get the same words: they tell nothing about the network behind this service. */
const refusal = (host: string) =>
  new InvalidInputError(
    `webhooks go to public addresses only, ${host} is none: WEBHOOK_HOSTS may name it as an exception`,
  );
const bare = ({ hostname }: URL) => hostname.replace(/^\[|\]$/g, '');

/**
 * Calls addresses that users gave, and only those on the internet: the addresses of a name are looked at when the connection is made,
 * so a name cannot mean one machine when it is checked and another when it is called.
 *
 * @param exceptions host names or addresses that may be private
 */
export function createGuardedPost(exceptions: readonly string[] = []): GuardedPost {
  function parse(url: string): URL {
    const parsed = URL.canParse(url) ? new URL(url) : null;
    if (!parsed || !['http:', 'https:'].includes(parsed.protocol) || parsed.username || parsed.password) {
      throw new InvalidInputError('a webhook is an http or https address without a user name');
    }
    const host = bare(parsed);
    if (!exceptions.includes(host) && isIP(host) !== 0 && !isPublicAddress(host)) throw refusal(host);
    return parsed;
  }

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

    async send({ url, body, headers, timeoutMs }) {
      const parsed = parse(url);
      const send = parsed.protocol === 'https:' ? requestHttps : requestHttp;
      return new Promise<number>((resolve, reject) => {
        const signal = AbortSignal.timeout(timeoutMs);
        const options = {
          method: 'POST',
          lookup: guarded,
          signal,
          headers: { ...headers, 'content-length': Buffer.byteLength(body) },
          agent: false,
        };
        const sent = send(parsed, options, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        });
        sent.on('error', reject);
        sent.end(body);
      });
    },
  };
}

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { run } from '../run-command.js';
import type { FetchRequest, Platform, ReleaseSpec } from './tool-specs.js';

const CONNECT_TIMEOUT_MS = 5_000;
const STALL_TIMEOUT_MS = 30_000;

/**
 * Downloads the official release for this platform into `folder`, checks its sha256 and unpacks it.
 *
 * @param folder an empty folder the caller removes afterwards
 * @returns path of the unpacked executable
 * @throws {Error} naming what failed: no release for this platform, no connection, a wrong checksum
 */
export async function downloadRelease({ spec, signal, onProgress }: FetchRequest, folder: string): Promise<string> {
  const release = spec.release;
  const platform = `${process.platform}-${process.arch}`;
  if (!isKnown(platform, release)) throw new Error(`no release is known for ${platform}`);
  const asset = release.asset[platform];
  const archive = join(folder, asset);
  const expected = release.sha256[platform] ?? (await publishedChecksum(release, asset, signal));
  await download(`${release.baseUrl}/${asset}`, archive, signal, (text) =>
    onProgress(`downloading ${spec.name} ${spec.version}: ${text}`),
  );
  const actual = await sha256Of(archive);
  if (actual !== expected) throw new Error(`${asset}: sha256 is ${actual}, expected ${expected}; not used`);
  await run('tar', ['-xf', asset], { cwd: folder, signal });
  const found = await run('find', ['.', '-type', 'f', '-name', spec.name], { cwd: folder, signal });
  const executable = found.split('\n')[0];
  if (!executable) throw new Error(`${asset} holds no file ${spec.name}`);
  return join(folder, executable);
}

function isKnown(platform: string, release: ReleaseSpec): platform is Platform {
  return platform in release.asset;
}

/** From the release's own list: lines of `<sha256>  <file name>`. */
async function publishedChecksum(release: ReleaseSpec, asset: string, signal: AbortSignal): Promise<string> {
  const response = await open(`${release.baseUrl}/${release.checksums}`, signal);
  const line = (await response.text()).split('\n').find((text) => text.trim().endsWith(asset));
  const checksum = line?.trim().split(/\s+/)[0];
  if (!checksum || !/^[0-9a-f]{64}$/.test(checksum)) throw new Error(`${release.checksums} does not list ${asset}`);
  return checksum;
}

/** The connection and the answer's head must come soon; the body may take its time as long as it keeps coming. */
async function open(url: string, signal: AbortSignal, stalled = new AbortController()): Promise<Response> {
  const timer = setTimeout(() => stalled.abort(new Error('no answer within 5 s')), CONNECT_TIMEOUT_MS);
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, stalled.signal]) });
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    return response;
  } catch (error) {
    throw new Error(`${url}: ${reasonOf(error)}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

async function download(
  url: string,
  file: string,
  signal: AbortSignal,
  onProgress: (text: string) => void,
): Promise<void> {
  const stalled = new AbortController();
  const response = await open(url, signal, stalled);
  const total = Number(response.headers.get('content-length')) || 0;
  if (response.body === null) throw new Error(`${url} answered without a body`);
  const stop = () => stalled.abort(new Error(`nothing came for ${STALL_TIMEOUT_MS / 1000} s`));
  let timer = setTimeout(stop, STALL_TIMEOUT_MS);
  let received = 0;
  const body = Readable.fromWeb(response.body as import('node:stream/web').ReadableStream);
  body.on('data', (chunk: Buffer) => {
    clearTimeout(timer);
    timer = setTimeout(stop, STALL_TIMEOUT_MS);
    received += chunk.length;
    onProgress(total > 0 ? `${Math.floor((100 * received) / total)} %` : `${Math.round(received / 1e6)} MB`);
  });
  try {
    await pipeline(body, createWriteStream(file));
  } finally {
    clearTimeout(timer);
  }
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** `fetch failed` hides the cause that a reader needs: no such host, refused, timed out. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.message === 'fetch failed' ? error.cause.message : error.message;
}

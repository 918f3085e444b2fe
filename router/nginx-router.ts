import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { InvalidInputError, UnavailableError } from '../core/errors.js';
import { keepRotated } from './log-rotation.js';
import { confirmLive } from './nginx/confirm-live.js';
import { type NginxProcess, startNginx } from './nginx/nginx-process.js';
import { resolvable } from './nginx/resolvable.js';
import { checkConfiguration, nginxVersion } from './nginx/run-nginx.js';
import { stopStaleNginx } from './nginx/stale-nginx.js';
import { workerUser } from './nginx/worker-user.js';
import { type NginxPlace, type RenderedNginx, renderNginx } from './render-nginx.js';
import type { Router, RouterExit } from './router.js';
import { parseRouterSettings, type RouterSettingsInput } from './router-settings.js';
import { parseRoutingState, type RoutingState } from './routing-state.js';
import { createQueue, isNews } from './state-guard.js';

export interface NginxRouterOptions extends RouterSettingsInput {
  /** Everything nginx writes goes here: configuration, pid, logs, temporary files. Made when missing. */
  readonly directory: string;
  /** Default `nginx`, from PATH. */
  readonly nginxPath?: string;
  readonly logger: Logger;
  /** Called once when nginx ends without having been stopped. */
  readonly onExit?: (exit: RouterExit) => void;
  /** How long a start or a change may take to be seen live. */
  readonly confirmTimeoutMs?: number;
  /** How long clients are asked to open new connections before a reload closes the old ones. */
  readonly drainMs?: number;
}

/**
 * nginx as the router: one configuration per state, checked by `nginx -t`, put in force by a graceful reload.
 *
 * @throws {InvalidInputError} on settings that cannot be used
 */
export function createNginxRouter(options: NginxRouterOptions): Router {
  const {
    logger,
    onExit,
    nginxPath = 'nginx',
    confirmTimeoutMs = 10_000,
    drainMs = 500,
    directory: given,
    ...rest
  } = options;
  const directory = resolve(given);
  const settings = parseRouterSettings({ accessLogPath: join(directory, 'access.log'), ...rest });
  if (settings.port === 0) throw new InvalidInputError('nginx needs a port of 1..65535, got 0');
  const file = join(directory, 'nginx.conf');
  const inQueue = createQueue();
  const drainFile = join(directory, 'drain');
  let version: string | null = null;
  let place: NginxPlace | null = null;
  let nginx: NginxProcess | null = null;
  let inForce: { state: RoutingState; rendered: RenderedNginx } | null = null;
  let stopping = false;
  let stopRotation = () => {};

  async function prepare(): Promise<NginxPlace> {
    version = await nginxVersion(nginxPath);
    await mkdir(directory, { recursive: true });
    if (process.getuid?.() === 0) await chmod(directory, 0o711);
    const stale = await stopStaleNginx(directory);
    if (stale !== null) logger.warn({ pid: stale }, 'stopped the nginx of an earlier run');
    await rm(drainFile, { force: true });
    const user = await workerUser(directory);
    return { directory, errorLogPath: join(directory, 'error.log'), ...(user === undefined ? {} : { user }) };
  }

  /** Writes the configuration beside the one in force and lets nginx check it. */
  async function prepareConfiguration(at: NginxPlace, state: RoutingState): Promise<RenderedNginx> {
    const candidate = await resolvable(state.candidate);
    if (candidate.length < state.candidate.length) {
      logger.warn(
        { candidate: state.candidate, resolved: candidate },
        'candidate instances without an address left out',
      );
    }
    const rendered = renderNginx(settings, at, { ...state, candidate });
    const next = `${file}.next`;
    await writeFile(next, rendered.text);
    try {
      await checkConfiguration(nginxPath, directory, next);
    } catch (error) {
      await rename(next, `${file}.refused`);
      throw error;
    }
    return rendered;
  }

  function watch(process: NginxProcess): void {
    void process.ended.then((exit) => {
      if (nginx !== process) return;
      nginx = null;
      stopRotation();
      if (stopping) return;
      logger.error({ exit }, 'nginx ended');
      onExit?.(exit);
    });
  }

  async function start(state: RoutingState): Promise<void> {
    if (nginx) throw new InvalidInputError('the router is running already');
    stopping = false;
    place = await prepare();
    const rendered = await prepareConfiguration(place, state);
    await rename(`${file}.next`, file);
    const started = await startNginx(nginxPath, directory, file);
    const live = await confirmLive(settings, rendered.revision, {
      timeoutMs: confirmTimeoutMs,
      isRunning: started.isRunning,
      replaces: false,
    });
    if (!live) {
      const died = !started.isRunning();
      await started.stop(0);
      const { message } = await started.ended;
      throw new UnavailableError(
        died
          ? `nginx does not start on port ${settings.port}: ${message}`
          : `nginx runs but port ${settings.port} did not answer as it within ${confirmTimeoutMs} ms`,
      );
    }
    nginx = started;
    inForce = { state, rendered };
    watch(started);
    stopRotation = keepRotated(settings, () => started.signal('SIGUSR1'));
    logger.info({ port: settings.port, pid: started.pid, generation: state.generation }, 'nginx started');
  }

  /** Reloads so that no client is surprised by it, and waits until the change is seen. */
  async function reload(running: NginxProcess, revision: string): Promise<boolean> {
    await writeFile(drainFile, '');
    try {
      await sleep(drainMs);
      running.signal('SIGHUP');
      const { isRunning } = running;
      return await confirmLive(settings, revision, { timeoutMs: confirmTimeoutMs, isRunning, replaces: true });
    } finally {
      await rm(drainFile, { force: true });
    }
  }

  async function apply(state: RoutingState): Promise<void> {
    if (!nginx || !inForce || !place) throw new UnavailableError('the router is not running');
    if (!isNews(inForce.state, state)) return;
    const rendered = await prepareConfiguration(place, state);
    await rename(`${file}.next`, file);
    const running = nginx;
    if (!(await reload(running, rendered.revision))) {
      // back to what was in force, so that what runs and what is reported agree
      await writeFile(file, inForce.rendered.text);
      running.signal('SIGHUP');
      throw new UnavailableError(
        `routing generation ${state.generation} was not live within ${confirmTimeoutMs} ms; ` +
          `generation ${inForce.state.generation} stays (see ${place.errorLogPath})`,
      );
    }
    inForce = { state, rendered };
    logger.info({ generation: state.generation, weightPercent: state.candidateWeightPercent }, 'routing changed');
  }

  return {
    kind: 'nginx',
    start: (state) => inQueue(async () => start(parseRoutingState(state))),
    apply: (state) => inQueue(async () => apply(parseRoutingState(state))),
    stop: ({ graceMs = settings.graceMs } = {}) =>
      inQueue(async () => {
        stopping = true;
        stopRotation();
        await nginx?.stop(graceMs);
        nginx = null;
        await rm(join(directory, 'nginx.pid'), { force: true });
      }),
    version: () => (version === null ? 'nginx' : `nginx/${version}`),
    generation: () => inForce?.state.generation ?? -1,
    port: () => settings.port,
  };
}

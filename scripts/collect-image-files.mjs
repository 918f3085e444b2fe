// Copies what one service needs to run, and nothing else: the built files its entries reach, the files those name beside
// them, and the packages they import with all that these depend on. Used by the Dockerfile, once for each image.
//   node scripts/collect-image-files.mjs --out DIR ENTRY... [--with PATH]...
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import ts from 'typescript';

const { values, positionals: entries } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string' },
    with: { type: 'string', multiple: true, default: [] },
  },
});
if (!values.out || entries.length === 0) throw new Error('--out and an entry are needed');
const [out, modules] = [resolve(values.out), resolve('node_modules')];
/** What the lock file says of each folder of node_modules. */
const locked = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;

/** A file named relative to the one that reads it: a thread's entry, a template, the migrations. */
const namedBeside = /new URL\(\s*'([^']+)',\s*import\.meta\.url\s*\)/g;
const files = new Set();
const packages = new Set();

function readsAt(path) {
  const found = [path, `${path}.js`].find((candidate) => existsSync(candidate));
  if (found === undefined) return; // the name of a source, in a branch for running from the sources
  if (statSync(found).isDirectory()) {
    for (const name of readdirSync(found)) readsAt(join(found, name));
  } else visit(found);
}

function visit(file) {
  if (files.has(file)) return;
  files.add(file);
  if (extname(file) !== '.js' || basename(file).startsWith('workflow-bundle')) return;
  const text = readFileSync(file, 'utf8');
  for (const { fileName } of ts.preProcessFile(text).importedFiles) {
    if (fileName.startsWith('.')) visit(resolve(dirname(file), fileName));
    else if (!fileName.startsWith('node:'))
      addPackage(fileName.split('/', fileName.startsWith('@') ? 2 : 1).join('/'), modules);
  }
  for (const [, name] of text.matchAll(namedBeside)) if (name !== '.') readsAt(resolve(dirname(file), name));
}

/** Node's own search: the nearest node_modules upwards. Packages for development alone are left out. */
function addPackage(name, from) {
  for (let at = from; ; at = dirname(at)) {
    const path = basename(at) === 'node_modules' ? join(at, name) : join(at, 'node_modules', name);
    if (path.startsWith(modules) && existsSync(join(path, 'package.json'))) {
      if (packages.has(path) || locked[relative('.', path)]?.dev) return;
      packages.add(path);
      const described = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
      const needed = { ...described.dependencies, ...described.optionalDependencies, ...described.peerDependencies };
      for (const dependency of Object.keys(needed)) addPackage(dependency, path);
      return;
    }
    if (at === dirname(at) || !at.startsWith(modules)) return;
  }
}

const notRun = /\.(d\.[cm]?ts|map|md|markdown|rs|ts|cts|mts)$/;
const platform = `${{ x64: 'x86_64', arm64: 'aarch64' }[process.arch]}-unknown-linux-gnu`;
function runs(path) {
  const [, release] = path.match(/core-bridge\/releases\/([^/]+)/) ?? [];
  if (release !== undefined && release !== platform) return false;
  if (/core-bridge\/(sdk-core|src|ts|bridge-macros)$/.test(path)) return false;
  // packages below this one are copied by their own names
  if (basename(path) === 'node_modules') return false;
  return !notRun.test(path) || /licen[cs]e/i.test(basename(path));
}

for (const entry of entries) visit(resolve(entry));
for (const path of values.with) readsAt(resolve(path));
for (const file of files) {
  const target = join(out, relative('.', file));
  mkdirSync(dirname(target), { recursive: true });
  cpSync(file, target);
}
for (const path of packages) {
  cpSync(path, join(out, 'node_modules', relative(modules, path)), {
    recursive: true,
    dereference: true,
    filter: runs,
  });
}
cpSync('package.json', join(out, 'package.json'));
console.log(`${entries.join(' ')}: ${files.size} files, ${packages.size} packages`);

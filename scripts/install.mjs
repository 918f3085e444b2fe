// Runs before start, dev and test with nothing installed yet: only Node itself may be used here.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Incumbent needs Node 20.19 or newer, and this is ${process.versions.node}. Get one from https://nodejs.org and try again.`,
  );
  process.exit(1);
}

// imported only now: an older Node would stop at the modules it does not know instead of at the message above
const { ensureDependencies } = await import('./install-dependencies.mjs');
try {
  await ensureDependencies({ root: new URL('..', import.meta.url), report: (line) => console.error(line) });
} catch (error) {
  console.error(`\nThe dependencies could not be installed. ${error.message}`);
  process.exit(1);
}

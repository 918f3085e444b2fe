// Prints what the changelog says of one version: node scripts/release-notes.mjs v1.2.0
import { readFileSync } from 'node:fs';

const [tag = ''] = process.argv.slice(2);
const version = tag.replace(/^v/, '');
const changelog = readFileSync(new URL('../CHANGELOG.md', import.meta.url), 'utf8');
const parts = changelog.split(/^## /m).slice(1);
const part = parts.find((text) => [version, `[${version}]`].includes(text.split(/[\s–-]/, 1)[0]));
if (version === '' || part === undefined) {
  console.error(`CHANGELOG.md has no part "## ${version}": the release is told there first`);
  process.exit(1);
}
console.log(part.slice(part.indexOf('\n')).trim());

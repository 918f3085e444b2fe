// Reads everything that must be whole after a restore: the chain of the audit log, and every file of every model version
// that stands, against its manifest. Prints one line for each finding; exit 1 if there are any.
import { pino } from 'pino';
import { createArtifactStore } from '../adapters/artifacts/artifact-store.js';
import { createPool } from '../adapters/postgres/pool.js';
import { verifyAudit } from '../adapters/postgres/verify-audit.js';
import { createS3ObjectStore } from '../adapters/s3/object-store.js';
import { loadConfig, required } from '../config.js';

const config = loadConfig();
const pool = createPool({
  connectionString: required(config, 'DATABASE_URL'),
  max: 1,
  applicationName: 'incumbent-verify',
  logger: pino({ level: 'silent' }),
});
const objects = createS3ObjectStore({
  endpoint: config.S3_ENDPOINT,
  region: config.AWS_REGION,
  bucket: config.MLFLOW_S3_BUCKET,
});
const artifacts = createArtifactStore(objects);

const { rows: auditRows, head, findings } = await verifyAudit(pool);
const problems = findings.map(({ message }) => message);
const { rows: versions } = await pool.query<{ project: string; version: string; prefix: string }>(
  `select project, version, artifact_prefix as prefix from model_versions
   where state in ('staged', 'candidate', 'production', 'retired') order by project, version`,
);
let files = 0;
for (const { project, version, prefix } of versions) {
  try {
    const manifest = await artifacts.readManifest(prefix);
    for (const name of Object.keys(manifest.files)) {
      await artifacts.readFile(prefix, name, manifest);
      files += 1;
    }
  } catch (error) {
    problems.push(`${project} ${version}: ${(error as Error).message}`);
  }
}
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.stdout.write(
  `audit: ${auditRows} rows, head ${head}; models: ${versions.length} versions, ${files} files; ${problems.length} findings\n`,
);
objects.close();
await pool.end();
process.exitCode = problems.length > 0 ? 1 : 0;

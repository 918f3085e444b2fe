/** A page far from the start, as somebody would reach it who turned pages for long. */
const farCursor = (time: Date, key: string) =>
  Buffer.from(JSON.stringify([`${time.toISOString().replace('T', ' ').replace('Z', '')}+00`, key])).toString(
    'base64url',
  );

/** What people and scripts read, each path once. @param models how many candidates there have been */
export function readPaths(project: string, models: number): string[] {
  const of = `project=${project}`;
  const far = farCursor(new Date(Date.now() - (models / 2) * 60_000), `CO${Math.floor(models / 2)}`);
  return [
    `overview?${of}`,
    `models?${of}`,
    `models?${of}&cursor=${far}`,
    `models?${of}&state=rejected&limit=100`,
    `models/CO${models - 2}?${of}`,
    `models/CO${models - 2}/lineage?${of}`,
    `experiments?${of}`,
    'experiments/42',
    'experiments/42/decisions',
    `production?${of}&at=${new Date(Date.now() - 3_600_000).toISOString()}`,
    `deployments?${of}`,
    `deploy/status?${of}`,
    `monitoring/metrics?${of}`,
    `monitoring/drift?${of}`,
    `audit?${of}`,
    `datasets?${of}`,
    `training/runs?${of}`,
    `predictions?${of}`,
    `feedback?${of}`,
    `audit?${of}&action=deploy`,
    `schedules?${of}`,
  ];
}

import { parseVersionName, type VersionKind } from './version.js';

/**
 * A version for those who compare versions: BO3 is 3.0.0, and a candidate is a pre-release of the BO it was trained to become,
 * so CO7 beside BO2 is 3.0.0-co.7 – later than 2.0.0, earlier than 3.0.0.
 *
 * @param parentVersion the incumbent it was trained against; a candidate of a candidate counts as one of nothing
 * @see https://semver.org/spec/v2.0.0.html#spec-item-9
 */
export function semanticVersion(kind: VersionKind, number: number, parentVersion: string | null): string {
  if (kind === 'BO') return `${number}.0.0`;
  const parent = parentVersion === null ? null : parseVersionName(parentVersion);
  const incumbent = parent?.kind === 'BO' ? parent.number : 0;
  return `${incumbent + 1}.0.0-co.${number}`;
}

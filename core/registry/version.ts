import { InvalidInputError } from '../errors.js';

/** BO = best (production) models, CO = candidates. */
export type VersionKind = 'BO' | 'CO';

export type Slot = 'production' | 'candidate';

/** A model version's name within its project, for example `BO2` or `CO7`. */
export function versionName(kind: VersionKind, number: number): string {
  return `${kind}${number}`;
}

/**
 * @param name for example `CO7`
 * @throws {InvalidInputError} when it is not BO or CO and a positive whole number
 */
export function parseVersionName(name: string): { kind: VersionKind; number: number } {
  const match = /^(BO|CO)([1-9]\d{0,8})$/.exec(name);
  if (!match)
    throw new InvalidInputError(`a model version is BO or CO and a number, such as BO1 or CO12; got "${name}"`);
  return { kind: match[1] as VersionKind, number: Number(match[2]) };
}

/** The folder of a version's artifacts in S3, for example `price_check_CO7/`. */
export function artifactPrefix(projectPrefix: string, version: string): string {
  return `${projectPrefix}_${version}/`;
}

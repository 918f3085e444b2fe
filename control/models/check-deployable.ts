import type { ModelVersion } from '../../activities/ports.js';
import { ConflictError, GateFailedError } from '../../core/errors.js';
import type { Slot } from '../../core/registry/version.js';

/**
 * Whether a version may be put into a slot.
 *
 * @throws {ConflictError} when it was deleted, is not finished, or is a candidate that nobody promoted
 * @throws {GateFailedError} when the gates kept it out
 */
export function checkDeployable({ version, kind, state }: ModelVersion, slot: Slot): void {
  if (state === 'deleted') throw new ConflictError(`${version} was deleted: its files are gone`);
  if (state === 'rejected') {
    throw new GateFailedError(`${version} did not pass the gates of its project and is never served`, []);
  }
  if (state === 'registered')
    throw new ConflictError(`${version} is not finished: its training goes on or was cut off`);
  if (slot === 'production' && kind === 'CO') {
    throw new ConflictError(
      `${version} is a candidate: PUT /api/models/${version}/promote makes it the next BO, and that goes into production`,
    );
  }
}

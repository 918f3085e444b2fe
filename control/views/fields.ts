import { z } from 'zod';

export const projectName = z
  .string()
  .max(63)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'a project name, such as home-prices');

export const versionName = z
  .string()
  .regex(/^(BO|CO)[1-9]\d{0,8}$/, 'a model version: BO or CO and a number, such as BO1 or CO12');

export const rowId = z.coerce.number().int().min(1).max(9_007_199_254_740_991);

/** Why something is done: it goes into the audit log. */
export const reason = z.string().trim().min(1).max(500);

/** ISO 8601, UTC. */
export const instant = z.iso.datetime();

/** Numbers by name, such as the metrics of a model. */
export const numbers = z.record(z.string(), z.number().nullable());

/** A document as the part that made it wrote it down; its fields are not renamed. */
export const recorded = z.record(z.string(), z.unknown());

export const iso = (date: Date): string => date.toISOString();
export const isoOrNull = (date: Date | null): string | null => date?.toISOString() ?? null;

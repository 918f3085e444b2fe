import { z } from 'zod';

/** The files of one model version besides the manifest itself. */
export const artifactFiles = ['model.json', 'forest.bin', 'reference.json', 'model.onnx'] as const;
export type ArtifactFile = (typeof artifactFiles)[number];

/**
 * `manifest.json`: size in bytes and SHA-256 (hex) of each file. It is written last:
 * a folder without it is a version that does not exist.
 */
export const manifestSchema = z.object({
  format: z.literal(1),
  project: z.string(),
  version: z.string(),
  createdAt: z.string(),
  files: z.record(z.string(), z.object({ bytes: z.number().int().nonnegative(), sha256: z.string().length(64) })),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** What the player saw of one variant. */
export interface VariantTally {
  requests: number;
  ratings: number;
  ratingSum: number;
  /** Milliseconds from sending to the answer, of the last requests. */
  latencies: number[];
  versions: Set<string>;
}

export type Variant = 'production' | 'candidate';

const KEPT_LATENCIES = 2_000;

export class Tally {
  readonly variants: Record<Variant, VariantTally> = { production: empty(), candidate: empty() };
  /** Requests that got no answer from any variant. */
  lost = 0;

  answered(variant: Variant, version: string, latencyMs: number): void {
    const tally = this.variants[variant];
    tally.requests++;
    tally.versions.add(version);
    tally.latencies.push(latencyMs);
    if (tally.latencies.length > KEPT_LATENCIES) tally.latencies.shift();
  }

  rated(variant: Variant, stars: number): void {
    this.variants[variant].ratings++;
    this.variants[variant].ratingSum += stars;
  }
}

function empty(): VariantTally {
  return { requests: 0, ratings: 0, ratingSum: 0, latencies: [], versions: new Set() };
}

/** @param share 0..1 @returns milliseconds, NaN without requests */
export function latencyQuantile({ latencies }: VariantTally, share: number): number {
  const sorted = latencies.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

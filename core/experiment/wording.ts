/** A ratio as a percentage with at most one decimal: 0.05 → "5 %". */
export const formatPercent = (ratio: number): string => `${Number((ratio * 100).toFixed(1))} %`;

/** A score or a difference of scores, three decimals. */
export const formatScore = (score: number): string => score.toFixed(3);

/** A p-value as it is read: "0.031", "< 0.001". */
export const formatPValue = (p: number): string => (p < 0.001 ? '< 0.001' : p.toFixed(3));

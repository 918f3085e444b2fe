/** What the treatments leave of all users; null while a share is no number. */
export function controlShare(treatments: readonly { readonly percent: string }[]): number | null {
  const shares = treatments.map(({ percent }) => (percent.trim() === '' ? Number.NaN : Number(percent)));
  // shares have two decimals at most
  const left = Math.round((100 - shares.reduce((sum, share) => sum + share, 0)) * 100) / 100;
  return Number.isFinite(left) ? left : null;
}

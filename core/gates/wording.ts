/** 0.0512 → `5.12 %`. */
export const percent = (share: number) => `${Number((share * 100).toFixed(2))} %`;

/** Three decimals at most; small figures keep three digits. */
export const figure = (value: number) =>
  String(Math.abs(value) >= 0.1 || value === 0 ? Number(value.toFixed(3)) : Number(value.toPrecision(3)));

const names: Readonly<Record<string, string>> = {
  r2: 'R²',
  mae: 'MAE',
  rmse: 'RMSE',
  mape: 'MAPE',
  logLoss: 'log loss',
};

/** What people call a metric. */
export const metricName = (metric: string) => names[metric] ?? metric;

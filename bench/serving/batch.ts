const ROWS = 1_000_000;

/** A million rows as CSV, there and back. */
export async function measureBatch(port: number) {
  const line = (i: number) =>
    `${600 + (i % 3000)},Whitefield,${1 + (i % 4)},${1 + (i % 3)},1,Plot Area,Ready To Move\n`;
  let body = 'total_sqft,location,bhk,bath,balcony,area_type,availability\n';
  for (let i = 0; i < ROWS; i++) body += line(i);
  const started = performance.now();
  const answer = await fetch(`http://127.0.0.1:${port}/api/predict/batch`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/csv' },
    body,
  });
  const bytes = (await answer.arrayBuffer()).byteLength;
  const seconds = (performance.now() - started) / 1000;
  return { rows: Number(answer.headers.get('x-rows')), bytes, seconds, rowsPerSecond: Math.round(ROWS / seconds) };
}

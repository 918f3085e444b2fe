/** JSON of unknown shape, as `JSON.parse` types it. */
export type Json = ReturnType<typeof JSON.parse>;

export interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

async function told(response: Response): Promise<Told> {
  const text = await response.text();
  const isJson = /\bjson|\+json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

/** POSTs a value as JSON, or a text as it is. */
export async function post(
  at: { readonly address: string },
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Told> {
  return told(
    await fetch(`http://${at.address}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  );
}

export async function get(at: { readonly address: string }, path: string): Promise<Told> {
  return told(await fetch(`http://${at.address}${path}`));
}

export const home = { total_sqft: 1000, location: 'Whitefield', bhk: 2, bath: 2 };

/** One prediction of a user in an experiment; its id. */
export async function predictAs(
  at: { readonly address: string },
  userId: string,
  { experiment = 7, assigned = 'production', headers = {} as Record<string, string> } = {},
): Promise<number> {
  const { status, body } = await post(at, '/api/predict_home_price', home, {
    'X-User-Id': userId,
    'X-Experiment-Id': String(experiment),
    'X-Assigned-Variant': assigned,
    ...headers,
  });
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body.prediction_id;
}

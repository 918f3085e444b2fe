import { post } from './http.js';

export interface Load {
  /** Ids of the predictions that were answered. */
  readonly answered: number[];
  /** Predictions whose rating was acknowledged. */
  readonly rated: number[];
  /** Statuses of answers that were no prediction. */
  readonly refused: number[];
  /** Requests without an answer: the connection broke. */
  readonly broken: number[];
  stop(): Promise<void>;
}

/** Users of one experiment who predict one home after the other, and rate every fifth. */
export function startLoad(address: string, { users = 8 } = {}): Load {
  const answered: number[] = [];
  const rated: number[] = [];
  const refused: number[] = [];
  const broken: number[] = [];
  let going = true;

  async function user(name: string): Promise<void> {
    const headers = { 'X-User-Id': name, 'X-Experiment-Id': '1', 'X-Assigned-Variant': 'production' };
    for (let i = 0; going; i++) {
      const home = { total_sqft: 800 + (i % 50) * 10, location: 'Whitefield', bhk: 2, bath: 2 };
      const told = await post({ address }, '/api/predict_home_price', home, headers).catch(() => null);
      if (!told) {
        broken.push(0);
        await new Promise((resolve) => setTimeout(resolve, 20));
        continue;
      }
      if (told.status !== 200) {
        refused.push(told.status);
        continue;
      }
      answered.push(told.body.prediction_id);
      if (i % 5 !== 0) continue;
      const feedback = { prediction_id: told.body.prediction_id, feedback_type: 'rating', feedback_value: 1 + (i % 5) };
      const said = await post({ address }, '/api/feedback', feedback).catch(() => null);
      if (said?.status === 200) rated.push(told.body.prediction_id);
    }
  }
  const all = Array.from({ length: users }, (_, i) => user(`user-${i}`));
  return {
    answered,
    rated,
    refused,
    broken,
    async stop() {
      going = false;
      await Promise.all(all);
    },
  };
}

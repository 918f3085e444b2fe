import { expect, vi } from 'vitest';
import { startLoopApi } from '../../support/loop-api.js';

export const PROJECT = 'home-prices';
const INPUT = { total_sqft: 1200, location: 'Whitefield', bhk: 2, bath: 2 };

/** The control API over a whole loop, with what the stories of models and their deliveries ask of it again and again. */
export async function startDeliveryStory(name: string) {
  const api = await startLoopApi(name);
  const { request } = api;
  const get = async (path: string) => (await request.get(path)).body;
  const overview = () => get(`/api/overview?project=${PROJECT}`);

  async function train(): Promise<string> {
    const { status, body } = await request.post('/api/training/start').send({ project: PROJECT, reason: 'a test' });
    expect(status).toBe(202);
    return body.job_id;
  }

  return {
    ...api,
    get,
    overview,
    /** Starts a training, by its job. */
    train,

    /** BO1 in production and CO1 as the candidate of a running experiment. */
    async trainBoth(): Promise<void> {
      const wait = { timeout: 60_000, interval: 200 };
      const first = await train();
      await vi.waitUntil(async () => (await get(`/api/training/status/${first}`)).status === 'completed', wait);
      await train();
      await vi.waitUntil(async () => (await overview()).experiment?.state === 'running', wait);
      // the delivery that began it has a few steps left
      const delivery = async () => (await get(`/api/deploy/status?project=${PROJECT}`)).delivery;
      await vi.waitUntil(async () => (await delivery())?.status !== 'running', wait);
    },

    /** What a delivery came to, once it has ended well. */
    async delivered(jobId: string): Promise<unknown> {
      const latest = async () => (await get(`/api/deploy/status?project=${PROJECT}`)).delivery;
      await expect.poll(async () => (await latest())?.status, { timeout: 20_000 }).not.toBe('running');
      const delivery = await latest();
      expect(delivery).toMatchObject({ job_id: jobId, status: 'completed', error: null });
      return delivery.result;
    },

    /** The version that production answers with. */
    async served(): Promise<string | null> {
      const answer = await fetch(`${api.production.url}/api/predict_home_price`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(INPUT),
      });
      return answer.headers.get('x-model-version');
    },
  };
}

export type DeliveryStory = Awaited<ReturnType<typeof startDeliveryStory>>;

import type { Answers } from '../stand-in.js';

const locations = ['Whitefield', 'Indira Nagar', '1st Block Jayanagar', 'Electronic City', 'Whitefield Road'];

/** What the prediction service says when all is well, with every optional part. */
export function predictionAnswers(): Answers {
  let id = 40;
  return {
    'GET /api/get_location_names': { body: { locations } },
    'POST /api/predict_home_price': () => {
      id += 1;
      return {
        body: {
          prediction_id: id,
          estimated_price: 83.46,
          unit: 'lakh INR',
          model_version: 'BO1',
          variant: 'production',
          latency_ms: 1.7,
          timestamp: '2026-03-01T10:00:00.000Z',
          interval: { low: 68.2, high: 104.9, coverage: 0.8 },
          explanation: {
            base_value: 112.3,
            contributions: {
              total_sqft: -31.2,
              location: 12.1,
              bhk: -8.6,
              bath: -3.1,
              balcony: 0.02,
              area_type: 1.94,
            },
          },
        },
      };
    },
    'GET /api/similar_homes': {
      body: {
        model_version: 'BO1',
        dataset: 'train_V1.csv',
        unit: 'lakh INR',
        compared: 50,
        median: 75,
        low: 58,
        high: 102,
        items: [
          { total_sqft: 1210, bhk: 2, bath: 2, area_type: 'Super built-up Area', price: 76.5, distance: 0.01 },
          { total_sqft: 1100, bhk: 2, bath: null, area_type: null, price: 61, distance: 0.6 },
        ],
      },
    },
    'POST /predict': () => {
      id += 1;
      return {
        body: {
          prediction: id % 3,
          model_version: id % 2 === 0 ? 'v1' : 'v2',
          timestamp: new Date(1_770_000_000_000 + id * 1000).toISOString(),
          prediction_id: id,
          probabilities: [0.02, 0.7, 0.28],
        },
      };
    },
    'POST /api/feedback/withdraw': { body: { status: 'withdrawn' } },
    'POST /api/feedback': { status: 201, body: { status: 'recorded' } },
  };
}

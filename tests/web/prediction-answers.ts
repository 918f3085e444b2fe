import type { Answers } from './stand-in.js';

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
    'POST /api/feedback': { status: 201, body: { status: 'recorded' } },
  };
}

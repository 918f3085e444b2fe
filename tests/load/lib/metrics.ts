import { Rate, Trend } from 'k6/metrics';

/** Every load script counts in these; a metric is registered once, here. */
export const metrics = {
  predictionDuration: new Trend('prediction_duration', true),
  predictionFailed: new Rate('prediction_failed'),
  /** Share of the predictions that the candidate answered. */
  candidateShare: new Rate('candidate_share'),
  feedbackDuration: new Trend('feedback_duration', true),
  feedbackFailed: new Rate('feedback_failed'),
};

import type { Estimate, Feedback, FeedbackType, Home } from '../api/prediction.js';
import { type Answers, withAnswer } from './use-feedback.js';

const KEY = 'estimates';
const MOST_KEPT = 20;

/** One of the user's own estimates, kept in this browser only. */
export interface PastEstimate {
  readonly home: Home;
  readonly estimate: Estimate;
  readonly answers: Answers;
}

function isPast(value: unknown): value is PastEstimate {
  if (typeof value !== 'object' || value === null) return false;
  const { home, estimate, answers } = value as Partial<PastEstimate>;
  return (
    typeof home?.location === 'string' &&
    typeof home.total_sqft === 'number' &&
    typeof estimate?.prediction_id === 'number' &&
    typeof estimate.estimated_price === 'number' &&
    typeof answers === 'object'
  );
}

/** Newest first. What cannot be read (storage switched off, written by an older version) counts as none. */
export function readHistory(): readonly PastEstimate[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isPast).slice(0, MOST_KEPT) : [];
  } catch {
    return [];
  }
}

/** @returns what is kept now */
export function writeHistory(history: readonly PastEstimate[]): readonly PastEstimate[] {
  const kept = history.slice(0, MOST_KEPT);
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // storage is full or switched off: the history lasts as long as the page
  }
  return kept;
}

/** The history with an answer noted at its estimate, or taken out. */
export function noteAnswer(
  history: readonly PastEstimate[],
  predictionId: number,
  type: FeedbackType,
  answer: Feedback | null,
): readonly PastEstimate[] {
  return history.map((past) =>
    past.estimate.prediction_id === predictionId ? { ...past, answers: withAnswer(past.answers, type, answer) } : past,
  );
}

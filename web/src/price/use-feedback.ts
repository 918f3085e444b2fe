import { useRef, useState } from 'react';
import { ApiError } from '../api/http.js';
import { type Feedback, type FeedbackType, sendFeedback, withdrawFeedback } from '../api/prediction.js';

/** What a user has said about one estimate, by type. */
export type Answers = { readonly [T in FeedbackType]?: Extract<Feedback, { feedback_type: T }> };

/** What the server has acknowledged last; `now` of null = the answer was taken back. */
interface AcknowledgedChange {
  readonly before: Feedback | null;
  readonly now: Feedback | null;
}

export interface FeedbackState {
  /** The answers with what is on its way: what the controls show. */
  readonly shown: Answers;
  readonly sending: boolean;
  /** For its thanks. */
  readonly last: AcknowledgedChange | null;
  readonly error: ApiError | null;
  readonly send: (feedback: Feedback) => void;
  /** Back to what was said before the last change, be it nothing. */
  readonly undo: () => void;
  /** How often undo was used: fields that hold their own text start anew with it. */
  readonly undone: number;
}

/** The answers with one of them changed, or taken out. */
export function withAnswer(answers: Answers, type: FeedbackType, answer: Feedback | null): Answers {
  const { [type]: _, ...others } = answers;
  return answer === null ? others : { ...others, [type]: answer };
}

/**
 * Sends answers in the order they were given. While one is on its way only the newest waits behind it: arrow keys
 * over the stars pass several, and the last one counts.
 *
 * @param onAcknowledged is told every change the server has taken; null = the answer was taken back
 */
export function useFeedback(
  predictionId: number,
  initial: Answers,
  onAcknowledged: (type: FeedbackType, answer: Feedback | null) => void,
): FeedbackState {
  const [shown, setShown] = useState(initial);
  const [undone, setUndone] = useState(0);
  const [sending, setSending] = useState(false);
  const [last, setLast] = useState<AcknowledgedChange | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const known = useRef(initial);
  const busy = useRef(false);
  const waiting = useRef(new Map<FeedbackType, Feedback | null>());

  async function drain() {
    busy.current = true;
    setSending(true);
    for (const [type, now] of waiting.current) {
      waiting.current.delete(type);
      try {
        await (now === null ? withdrawFeedback(predictionId, type) : sendFeedback(predictionId, now));
        setLast({ before: known.current[type] ?? null, now });
        known.current = withAnswer(known.current, type, now);
        onAcknowledged(type, now);
      } catch (reason) {
        setError(reason instanceof ApiError ? reason : new ApiError(0, String(reason)));
        setShown(known.current);
      }
    }
    setSending(false);
    busy.current = false;
  }

  function change(type: FeedbackType, answer: Feedback | null) {
    setError(null);
    setLast(null);
    setShown((present) => withAnswer(present, type, answer));
    waiting.current.set(type, answer);
    if (!busy.current) void drain();
  }

  function undo() {
    const type = (last?.now ?? last?.before)?.feedback_type;
    if (type === undefined) return;
    setUndone((times) => times + 1);
    change(type, last?.before ?? null);
  }

  return { shown, sending, last, error, send: (feedback) => change(feedback.feedback_type, feedback), undo, undone };
}

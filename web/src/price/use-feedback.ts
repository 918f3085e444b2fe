import { useRef, useState } from 'react';
import { ApiError } from '../api/http.js';
import { type Feedback, type FeedbackType, sendFeedback } from '../api/prediction.js';

/** What a user has said about one estimate, by type. */
export type Answers = { readonly [T in FeedbackType]?: Extract<Feedback, { feedback_type: T }> };

export interface FeedbackState {
  /** What the server has acknowledged. */
  readonly answers: Answers;
  /** The same with what is on its way: what the controls show. */
  readonly shown: Answers;
  readonly sending: FeedbackType | null;
  /** The type answered last, for its thanks. */
  readonly thanked: FeedbackType | null;
  readonly error: ApiError | null;
  readonly send: (feedback: Feedback) => void;
  /** Puts the answer before the last one back; null when there was none. */
  readonly undo: (() => void) | null;
  /** How often undo was used: fields that hold their own text start anew with it. */
  readonly undone: number;
}

/**
 * Sends answers in the order they were given. While one is on its way only the newest waits behind it: arrow keys
 * over the stars pass several, and the last one counts.
 *
 * @param onAcknowledged is told every answer the server has taken
 */
export function useFeedback(
  predictionId: number,
  initial: Answers,
  onAcknowledged: (feedback: Feedback) => void,
): FeedbackState {
  const [answers, setAnswers] = useState(initial);
  const [shown, setShown] = useState(initial);
  const [undone, setUndone] = useState(0);
  const [sending, setSending] = useState<FeedbackType | null>(null);
  const [thanked, setThanked] = useState<FeedbackType | null>(null);
  const [previous, setPrevious] = useState<Feedback | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const known = useRef(initial);
  const busy = useRef(false);
  const waiting = useRef(new Map<FeedbackType, Feedback>());

  async function drain() {
    busy.current = true;
    for (const [type, feedback] of waiting.current) {
      waiting.current.delete(type);
      setSending(type);
      try {
        await sendFeedback(predictionId, feedback);
        setPrevious(known.current[type] ?? null);
        known.current = { ...known.current, [type]: feedback };
        setAnswers(known.current);
        setThanked(type);
        onAcknowledged(feedback);
      } catch (reason) {
        setError(reason instanceof ApiError ? reason : new ApiError(0, String(reason)));
        setShown(known.current);
      }
    }
    setSending(null);
    busy.current = false;
  }

  function send(feedback: Feedback) {
    setError(null);
    setThanked(null);
    setShown((last) => ({ ...last, [feedback.feedback_type]: feedback }));
    waiting.current.set(feedback.feedback_type, feedback);
    if (!busy.current) void drain();
  }

  const undo =
    previous === null
      ? null
      : () => {
          setUndone((times) => times + 1);
          send(previous);
        };
  return { answers, shown, sending, thanked, error, send, undo, undone };
}

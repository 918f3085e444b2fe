import type { Feedback, FeedbackType } from '../api/prediction.js';
import { formatLakh } from '../shared/format.js';
import { type Accuracy, AccuracyChoice } from './accuracy-choice.js';
import { ActualPriceForm } from './actual-price-form.js';
import { CommentForm } from './comment-form.js';
import { StarRating } from './star-rating.js';
import { type Answers, useFeedback } from './use-feedback.js';

interface FeedbackPanelProps {
  readonly predictionId: number;
  readonly initial: Answers;
  readonly onAcknowledged: (type: FeedbackType, answer: Feedback | null) => void;
}

const accuracyWords: Readonly<Record<Accuracy, string>> = { too_low: 'too low', fair: 'fair', too_high: 'too high' };

function answerWords(feedback: Feedback): string {
  switch (feedback.feedback_type) {
    case 'rating':
      return `${feedback.feedback_value} of 5 stars`;
    case 'accuracy':
      return accuracyWords[feedback.feedback_value];
    case 'actual_price':
      return `real price ${formatLakh(feedback.feedback_value)}`;
    case 'comment':
      return 'your comment';
  }
}

/** What the user thinks of an estimate. Every answer can be changed and taken back. */
export function FeedbackPanel({ predictionId, initial, onAcknowledged }: FeedbackPanelProps) {
  const { shown, sending, last, error, send, undo, undone } = useFeedback(predictionId, initial, onAcknowledged);
  const { before = null, now = null } = last ?? {};
  return (
    <section className="card feedback" aria-labelledby="feedback-heading">
      <h2 id="feedback-heading">What do you think?</h2>
      <p className="hint feedback-lead">Your answers decide which model makes the estimates.</p>
      <div className="feedback-quick">
        <StarRating
          value={shown.rating?.feedback_value ?? null}
          onRate={(stars) => send({ feedback_type: 'rating', feedback_value: stars })}
        />
        <AccuracyChoice
          value={shown.accuracy?.feedback_value ?? null}
          onChoose={(value) => send({ feedback_type: 'accuracy', feedback_value: value })}
        />
      </div>
      <div className="thanks">
        <p role="status">
          {sending && 'Sending …'}
          {!sending && now !== null && `Thank you: ${answerWords(now)}. You can change it at any time.`}
          {!sending && now === null && before !== null && `Taken back: ${answerWords(before)}.`}
        </p>
        {!sending && last !== null && (
          <button type="button" onClick={undo}>
            Undo
          </button>
        )}
      </div>
      {error !== null && (
        <p role="alert" className="problem">
          Your answer was not saved. {error.message}
        </p>
      )}
      <details>
        <summary>I know the real price</summary>
        <ActualPriceForm
          key={`price-${undone}`}
          value={shown.actual_price?.feedback_value ?? null}
          onSend={(lakh) => send({ feedback_type: 'actual_price', feedback_value: lakh })}
        />
        <CommentForm
          key={`comment-${undone}`}
          value={shown.comment?.feedback_value ?? null}
          onSend={(comment) => send({ feedback_type: 'comment', feedback_value: comment })}
        />
      </details>
    </section>
  );
}

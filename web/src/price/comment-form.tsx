import { type FormEvent, useState } from 'react';
import { describedBy, Field } from './field.js';

const LONGEST = 1000;

/** A few words in the user's own language. */
export function CommentForm({ value, onSend }: { value: string | null; onSend: (comment: string) => void }) {
  const [text, setText] = useState(value ?? '');
  const [problem, setProblem] = useState<string>();
  function submit(event: FormEvent) {
    event.preventDefault();
    const comment = text.trim();
    setProblem(comment === '' ? 'Write a few words first.' : undefined);
    if (comment !== '') onSend(comment);
  }
  return (
    <form onSubmit={submit} noValidate>
      <Field id="comment" label="Anything else?" problem={problem}>
        <textarea
          id="comment"
          rows={2}
          maxLength={LONGEST}
          value={text}
          aria-invalid={problem !== undefined}
          aria-describedby={describedBy('comment', undefined, problem)}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      <button type="submit">Send comment</button>
    </form>
  );
}

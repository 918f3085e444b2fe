import { Link } from '../shared/link.js';
import { type TopicName, topics } from './topics.js';

/** A small question mark beside a number, leading to what it means. */
export function HelpLink({ topic }: { topic: TopicName }) {
  return (
    <Link className="help-link" href={`/help#${topic}`} aria-label={`What is this: ${topics[topic].title}`}>
      <span aria-hidden="true">?</span>
    </Link>
  );
}

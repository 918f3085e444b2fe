import type { SlotView } from '../../api/control.js';
import { Link } from '../../shared/link.js';
import { ModelMetrics } from '../parts/model-metrics.js';
import { Moment } from '../parts/moment.js';
import { useProject } from '../parts/use-project.js';

interface SlotCardProps {
  readonly slot: 'production' | 'candidate';
  readonly content: SlotView | null;
  /** Percent of users. */
  readonly share: number;
}

/** One of the two slots with what is in it. */
export function SlotCard({ slot, content, share }: SlotCardProps) {
  const { href } = useProject();
  return (
    <section className="card slot" data-slot={slot} aria-label={`${slot} slot`}>
      <header>
        <h2>{slot === 'production' ? 'Production' : 'Candidate'}</h2>
        {content !== null && <span className="hint">{share} % of users</span>}
      </header>
      {content === null ? (
        <p className="hint">
          {slot === 'production'
            ? 'Nothing is deployed yet: the first model is being trained.'
            : 'No candidate is being tried.'}
        </p>
      ) : (
        <>
          <p>
            <Link className="slot-link" href={href(`/ops/models/${content.version}`)}>
              {content.version}
            </Link>
          </p>
          {content.since != null && (
            <p>
              deployed <Moment at={content.since} />
            </p>
          )}
          <p>
            <ModelMetrics metrics={content.metrics} />
          </p>
        </>
      )}
    </section>
  );
}

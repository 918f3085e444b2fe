const WEB_UI_PORT = 8080;
const NAMESPACE = 'default';

const base = () => `http://${window.location.hostname}:${WEB_UI_PORT}/namespaces/${NAMESPACE}`;

/** Link to a workflow or a schedule in Temporal's Web UI. */
export function TemporalLink({ kind, id }: { kind: 'workflows' | 'schedules'; id: string }) {
  return (
    <a className="temporal-link" href={`${base()}/${kind}/${encodeURIComponent(id)}`} target="_blank" rel="noreferrer">
      {kind === 'workflows' ? 'Workflow' : 'Schedule'} <span className="visually-hidden">{id}</span>
      <span aria-hidden="true"> ↗</span>
    </a>
  );
}

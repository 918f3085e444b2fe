import { useAppSettings } from '../../shared/app-settings.js';

/** Link to a workflow or a schedule in Temporal's Web UI; only its id where that is not known. */
export function TemporalLink({ kind, id }: { kind: 'workflows' | 'schedules'; id: string }) {
  const temporal = useAppSettings().data?.temporal ?? null;
  if (temporal === null) return <code className="temporal-link">{id}</code>;
  const base = `${temporal.url.replace(/\/+$/, '')}/namespaces/${encodeURIComponent(temporal.namespace)}`;
  return (
    <a className="temporal-link" href={`${base}/${kind}/${encodeURIComponent(id)}`} target="_blank" rel="noreferrer">
      {kind === 'workflows' ? 'Workflow' : 'Schedule'} <span className="visually-hidden">{id}</span>
      <span aria-hidden="true"> ↗</span>
    </a>
  );
}

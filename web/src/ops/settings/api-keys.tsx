import { useState } from 'react';
import { type ApiKeyView, createApiKey, type Role, revokeApiKey } from '../../api/access.js';
import { controlPath } from '../../api/control.js';
import { ActionButton } from '../parts/action-button.js';
import { Moment } from '../parts/moment.js';
import { PagedTable } from '../parts/paged-table.js';
import { RoleSelect } from '../parts/role-select.js';
import { StateBadge } from '../parts/state-badge.js';
import { usePages } from '../parts/use-pages.js';

const DAY_MS = 86_400_000;

function NewKey({ onMade }: { onMade: (key: string) => void }) {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [scopes, setScopes] = useState('');
  const [days, setDays] = useState('90');
  async function make() {
    const wanted = scopes.split(/[\s,]+/).filter(Boolean);
    const { key } = await createApiKey({
      name: name.trim(),
      role,
      scopes: wanted.length === 0 ? null : wanted,
      expires_at: days === '' ? null : new Date(Date.now() + Number(days) * DAY_MS).toISOString(),
    });
    onMade(key);
  }
  return (
    <ActionButton
      label="Make a key …"
      title="Make a key for a service"
      needs="admin"
      consequence={
        <div className="settings-form">
          <p>The key is shown once, here. Only its digest is kept.</p>
          <label className="labelled">
            Name of the service
            <input type="text" autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />
          </label>
          <RoleSelect value={role} onChange={setRole} />
          <label className="labelled">
            Only for (empty: all its role may do)
            <input
              type="text"
              autoComplete="off"
              placeholder="training:write models:read"
              value={scopes}
              onChange={(event) => setScopes(event.target.value)}
            />
          </label>
          <label className="labelled">
            Ends after
            <select value={days} onChange={(event) => setDays(event.target.value)}>
              <option value="1">a day</option>
              <option value="30">30 days</option>
              <option value="90">90 days</option>
              <option value="365">a year</option>
              <option value="">never</option>
            </select>
          </label>
        </div>
      }
      confirm="Make the key"
      done="Made."
      act={make}
      onDone={() => setName('')}
    />
  );
}

function stateOf({ revoked_at: revoked, expires_at: end }: ApiKeyView): string {
  if (revoked !== null) return 'revoked';
  return end !== null && Date.parse(end) < Date.now() ? 'ended' : 'active';
}

/** Keys for programs. */
export function ApiKeys() {
  const pages = usePages<ApiKeyView>(controlPath('auth/keys', { limit: 100 }));
  const [made, setMade] = useState<string | null>(null);
  return (
    <section className="card">
      <header className="card-heading">
        <h2>Keys of services</h2>
        <NewKey
          onMade={(key) => {
            setMade(key);
            pages.reload();
          }}
        />
      </header>
      {made !== null && (
        <label className="labelled notice-good">
          The new key. Copy it now: it cannot be shown again.
          <input type="text" readOnly value={made} onFocus={(event) => event.target.select()} />
        </label>
      )}
      <PagedTable
        what="Keys"
        pages={pages}
        rowKey={({ id }) => id}
        empty="No key yet. With one, a script or another service uses the API in its own name."
        columns={[
          { name: 'Name', cell: ({ name }) => name },
          { name: 'Role', cell: ({ role }) => role },
          { name: 'Only for', cell: ({ scopes }) => scopes?.join(', ') ?? 'all its role may do' },
          { name: 'State', cell: (key) => <StateBadge state={stateOf(key)} /> },
          { name: 'Ends', cell: ({ expires_at: at }) => <Moment at={at} dated /> },
          { name: 'Last used', cell: ({ last_used_at: at }) => <Moment at={at} dated /> },
          { name: 'By', cell: ({ created_by: by }) => by },
          {
            name: 'Change',
            cell: (key) =>
              stateOf(key) === 'active' && (
                <ActionButton
                  label="Revoke …"
                  title={`Revoke ${key.name}?`}
                  needs="admin"
                  consequence={<p>The key works nowhere from now on. This cannot be undone.</p>}
                  confirm="Revoke"
                  done="Revoked."
                  act={() => revokeApiKey(key.id)}
                  onDone={pages.reload}
                />
              ),
          },
        ]}
      />
    </section>
  );
}

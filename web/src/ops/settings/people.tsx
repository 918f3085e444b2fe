import { useState } from 'react';
import { type AccountView, changeAccount, createAccount, type Role } from '../../api/access.js';
import { controlPath } from '../../api/control.js';
import { ActionButton } from '../parts/action-button.js';
import { Moment } from '../parts/moment.js';
import { PagedTable } from '../parts/paged-table.js';
import { RoleSelect } from '../parts/role-select.js';
import { StateBadge } from '../parts/state-badge.js';
import { usePages } from '../parts/use-pages.js';

function NewPerson({ onDone }: { onDone: () => void }) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  return (
    <ActionButton
      label="Add a person …"
      title="Add a person"
      needs="admin"
      consequence={
        <div className="settings-form">
          <p>They sign in with this name and password from now on, and should change the password at once.</p>
          <label className="labelled">
            Name
            <input type="text" autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />
          </label>
          <label className="labelled">
            Password, at least 12 characters
            <input
              type="password"
              autoComplete="new-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          </label>
          <RoleSelect value={role} onChange={setRole} />
        </div>
      }
      confirm="Add"
      done="Added."
      act={() => createAccount({ name: name.trim(), password, role })}
      onDone={() => {
        setName('');
        setPassword('');
        onDone();
      }}
    />
  );
}

function PersonActions({ account, onDone }: { account: AccountView; onDone: () => void }) {
  const [role, setRole] = useState(account.role);
  const { name, disabled } = account;
  return (
    <div className="actions">
      <ActionButton
        label="Role …"
        title={`Change the role of ${name}?`}
        needs="admin"
        consequence={
          <div className="settings-form">
            <p>All sessions of {name} end; the new role holds from the next sign-in.</p>
            <RoleSelect value={role} onChange={setRole} />
          </div>
        }
        confirm="Change the role"
        done="Changed."
        act={() => changeAccount(name, { role })}
        onDone={onDone}
      />
      <ActionButton
        label={disabled ? 'Enable …' : 'Disable …'}
        title={`${disabled ? 'Enable' : 'Disable'} ${name}?`}
        needs="admin"
        consequence={
          <p>{disabled ? 'They may sign in again.' : 'All their sessions end now, and they cannot sign in.'}</p>
        }
        confirm={disabled ? 'Enable' : 'Disable'}
        done={disabled ? 'Disabled.' : 'Enabled.'}
        act={() => changeAccount(name, { disabled: !disabled })}
        onDone={onDone}
      />
    </div>
  );
}

function stateOf({ disabled, locked_until: locked }: AccountView): string {
  if (disabled) return 'disabled';
  return locked !== null && Date.parse(locked) > Date.now() ? 'locked' : 'active';
}

/** Who may sign in. */
export function People() {
  const pages = usePages<AccountView>(controlPath('accounts', { limit: 100 }));
  return (
    <section className="card">
      <header className="card-heading">
        <h2>People</h2>
        <NewPerson onDone={pages.reload} />
      </header>
      <PagedTable
        what="People"
        pages={pages}
        rowKey={({ name }) => name}
        empty="Nobody has an account yet. With AUTH=on, people sign in with one."
        columns={[
          { name: 'Name', cell: ({ name }) => name },
          { name: 'Role', cell: ({ role }) => role },
          { name: 'State', cell: (account) => <StateBadge state={stateOf(account)} /> },
          { name: 'Since', cell: ({ created_at: at }) => <Moment at={at} dated /> },
          { name: 'Change', cell: (account) => <PersonActions account={account} onDone={pages.reload} /> },
        ]}
      />
    </section>
  );
}

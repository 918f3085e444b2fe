import { useSession } from '../../session/session-context.js';
import { Page } from '../parts/page.js';
import { ApiKeys } from '../settings/api-keys.js';
import { PasswordForm } from '../settings/password-form.js';
import { People } from '../settings/people.js';

/** Oneself, and for an admin the people and the keys. */
export function SettingsPage() {
  const { name, role, kind, access_control: guarded, may } = useSession();
  return (
    <Page title="Settings" lead="Who may do what here.">
      <section className="card">
        <h2>You</h2>
        {guarded ? (
          <p>
            Signed in as <strong>{name.replace(/^user:/, '')}</strong>, {role}.
          </p>
        ) : (
          <p>
            Access control is off: everybody on this machine is {role}. Set AUTH=on to ask for a name and a password.
          </p>
        )}
        {kind === 'user' && <PasswordForm />}
      </section>
      {may('admin') && <People />}
      {may('admin') && <ApiKeys />}
    </Page>
  );
}

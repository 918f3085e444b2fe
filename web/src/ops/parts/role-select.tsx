import { type Role, roles } from '../../api/access.js';

const may: Readonly<Record<Role, string>> = {
  viewer: 'sees everything but people and keys',
  operator: 'trains, uploads, pauses, rolls back',
  approver: 'promotes and approves, too',
  admin: 'manages people and keys, too',
};

/** A choice of role that says what each may do. */
export function RoleSelect({ value, onChange }: { value: Role; onChange: (role: Role) => void }) {
  return (
    <label className="labelled">
      Role
      <select value={value} onChange={(event) => onChange(event.target.value as Role)}>
        {roles.map((role) => (
          <option key={role} value={role}>
            {role}: {may[role]}
          </option>
        ))}
      </select>
    </label>
  );
}

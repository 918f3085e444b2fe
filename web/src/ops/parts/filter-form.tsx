import type { FormEvent } from 'react';
import { navigate, useAddress } from '../../shared/navigation.js';

export interface Filter {
  /** As the address and the API call it. */
  readonly name: string;
  readonly label: string;
  /** Given, one of these; otherwise any text. */
  readonly choices?: readonly string[];
}

/** The filters that the address names, with those that are empty left out. */
export function useFilters(filters: readonly Filter[]): Readonly<Record<string, string>> {
  const { query } = useAddress();
  const named = filters.map(({ name }): [string, string] => [name, query.get(name) ?? '']);
  return Object.fromEntries(named.filter(([, value]) => value !== ''));
}

/** Narrows a list; what was asked for is in the address, so that it can be sent to somebody. */
export function FilterForm({ path, filters }: { path: string; filters: readonly Filter[] }) {
  const { query } = useAddress();
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const wanted = new URLSearchParams(
      filters
        .map(({ name }): [string, string] => [name, String(given.get(name) ?? '').trim()])
        .filter(([, value]) => value !== ''),
    );
    const project = query.get('project');
    if (project !== null) wanted.set('project', project);
    navigate(wanted.size === 0 ? path : `${path}?${wanted}`);
  }
  return (
    <search>
      <form className="filters" onSubmit={submit} key={query.toString()}>
        {filters.map(({ name, label, choices }) => (
          <label key={name} className="labelled" htmlFor={`filter-${name}`}>
            {label}
            {choices === undefined ? (
              <input
                id={`filter-${name}`}
                name={name}
                type="text"
                defaultValue={query.get(name) ?? ''}
                autoComplete="off"
                spellCheck={false}
              />
            ) : (
              <select id={`filter-${name}`} name={name} defaultValue={query.get(name) ?? ''}>
                <option value="">any</option>
                {choices.map((choice) => (
                  <option key={choice} value={choice}>
                    {choice.replaceAll('_', ' ')}
                  </option>
                ))}
              </select>
            )}
          </label>
        ))}
        <button type="submit">Search</button>
      </form>
    </search>
  );
}

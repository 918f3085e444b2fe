import { type KeyboardEvent, useDeferredValue, useMemo, useRef, useState } from 'react';
import { describedBy, Field } from './field.js';
import { suggestLocations } from './suggest-locations.js';

const MOST_SHOWN = 60;

interface LocationComboboxProps {
  readonly value: string;
  readonly locations: readonly string[] | null;
  readonly problem?: string | undefined;
  /** Said when the list is missing. */
  readonly hint?: string | undefined;
  readonly onChange: (value: string) => void;
}

/**
 * Editable combobox with list autocomplete, by the ARIA Authoring Practices: arrows move in the list, Enter takes,
 * Escape closes, and then empties.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
export function LocationCombobox({ value, locations, problem, hint, onChange }: LocationComboboxProps) {
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  /** What was typed, as opposed to what was picked: a picked name still shows every location when opened again. */
  const [typed, setTyped] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const wanted = useDeferredValue(typed);
  const sorted = useMemo(() => [...(locations ?? [])].sort((a, b) => a.localeCompare(b, 'en')), [locations]);
  const shown = useMemo(() => suggestLocations(sorted, wanted, MOST_SHOWN), [sorted, wanted]);
  const expanded = open && locations !== null;

  function move(to: number) {
    setOpen(true);
    setActive(to);
    list.current?.children[to]?.scrollIntoView({ block: 'nearest' });
  }
  function take(name: string) {
    onChange(name);
    setTyped('');
    setOpen(false);
    setActive(-1);
  }
  function onKeyDown(event: KeyboardEvent) {
    const last = shown.length - 1;
    const picked = shown[active];
    if (event.key === 'ArrowDown') move(active >= last ? 0 : active + 1);
    else if (event.key === 'ArrowUp') move(active <= 0 ? last : active - 1);
    else if (event.key === 'Enter' && expanded && picked !== undefined) take(picked);
    else if (event.key === 'Escape' && (expanded || value !== '')) {
      if (!expanded) onChange('');
      setOpen(false);
      setActive(-1);
    } else return;
    event.preventDefault();
  }

  return (
    <Field id="location" label="Location" hint={hint} problem={problem}>
      <div className="combobox">
        <input
          id="location"
          role="combobox"
          type="text"
          autoComplete="off"
          autoCapitalize="words"
          spellCheck={false}
          placeholder={locations === null ? '' : `Search ${locations.length.toLocaleString('en-IN')} locations`}
          value={value}
          aria-expanded={expanded}
          aria-controls="location-list"
          aria-autocomplete="list"
          aria-activedescendant={expanded && active >= 0 ? `location-${active}` : undefined}
          aria-invalid={problem !== undefined}
          aria-describedby={describedBy('location', hint, problem)}
          aria-required="true"
          onChange={(event) => {
            onChange(event.target.value);
            setTyped(event.target.value);
            setOpen(true);
            setActive(-1);
          }}
          onKeyDown={onKeyDown}
          onClick={() => setOpen(true)}
          onBlur={() => setOpen(false)}
        />
        <div id="location-list" role="listbox" aria-label="Locations" ref={list} hidden={!expanded} tabIndex={-1}>
          {expanded &&
            shown.map((name, i) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's, which keeps the focus
              <div
                key={name}
                id={`location-${i}`}
                role="option"
                tabIndex={-1}
                aria-selected={i === active}
                // taken on mouse down the input would lose the focus first
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => take(name)}
              >
                {name}
              </div>
            ))}
        </div>
      </div>
      <p className="visually-hidden" role="status">
        {expanded && typed !== '' && (shown.length === 0 ? 'No location matches.' : `${shown.length} suggestions.`)}
      </p>
    </Field>
  );
}

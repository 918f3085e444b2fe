import type { FormEvent } from 'react';
import { areaTypes } from '../api/prediction.js';
import { formatCount } from '../shared/format.js';
import { describedBy, Field } from './field.js';
import { type HomeDraft, type HomeField, type HomeProblems, limits } from './home-draft.js';
import { LocationCombobox } from './location-combobox.js';
import { Stepper } from './stepper.js';

const SQUARE_FEET_PER_SQUARE_METRE = 10.7639;

interface PriceFormProps {
  readonly draft: HomeDraft;
  readonly problems: HomeProblems;
  readonly locations: readonly string[] | null;
  readonly locationHint?: string | undefined;
  readonly busy: boolean;
  readonly onChange: (field: HomeField, value: string) => void;
  readonly onSubmit: () => void;
}

function areaHint(text: string): string {
  const squareFeet = Number(text.replaceAll(',', ''));
  if (!(squareFeet > 0)) return 'In square feet, for example 1,200.';
  return `About ${formatCount(squareFeet / SQUARE_FEET_PER_SQUARE_METRE)} m².`;
}

/** The home to be estimated. Checked as it is sent, then as it is mended. */
export function PriceForm(props: PriceFormProps) {
  const { draft, problems, locations, locationHint, busy, onChange, onSubmit } = props;
  const hint = areaHint(draft.total_sqft);
  const stepper = (field: 'bhk' | 'bath' | 'balcony', label: string, unit: string) => (
    <Stepper
      id={field}
      label={label}
      unit={unit}
      value={draft[field]}
      {...limits[field]}
      problem={problems[field]}
      onChange={(value) => onChange(field, value)}
    />
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    onSubmit();
  }
  return (
    <form className="card price-form" onSubmit={submit} noValidate aria-label="Your home">
      <LocationCombobox
        value={draft.location}
        locations={locations}
        problem={problems.location}
        hint={locationHint}
        onChange={(value) => onChange('location', value)}
      />
      <Field id="total_sqft" label="Area (sq ft)" hint={hint} problem={problems.total_sqft}>
        <input
          id="total_sqft"
          type="text"
          inputMode="decimal"
          value={draft.total_sqft}
          aria-invalid={problems.total_sqft !== undefined}
          aria-describedby={describedBy('total_sqft', hint, problems.total_sqft)}
          aria-required="true"
          onChange={(event) => onChange('total_sqft', event.target.value)}
        />
      </Field>
      <Field id="area_type" label="Area type" problem={problems.area_type}>
        <select
          id="area_type"
          value={draft.area_type}
          aria-describedby={describedBy('area_type', undefined, problems.area_type)}
          onChange={(event) => onChange('area_type', event.target.value)}
        >
          {areaTypes.map((type) => (
            <option key={type}>{type}</option>
          ))}
        </select>
      </Field>
      <div className="rooms">
        {stepper('bhk', 'Bedrooms (BHK)', 'bedroom')}
        {stepper('bath', 'Bathrooms', 'bathroom')}
        {stepper('balcony', 'Balconies', 'balcony')}
      </div>
      <button type="submit" className="primary" aria-disabled={busy}>
        {busy ? 'Estimating …' : 'Estimate the price'}
      </button>
    </form>
  );
}

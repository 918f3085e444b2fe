import { useState } from 'react';
import type { Home } from '../api/prediction.js';
import { toQuery } from './home-draft.js';

/** Copies the address that asks for this estimate again; where copying is not allowed the address is shown. */
export function ShareLink({ home }: { home: Home }) {
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'shown'>('none');
  const address = new URL(`/${toQuery(home)}`, window.location.href).href;
  async function copy() {
    try {
      await navigator.clipboard.writeText(address);
      setOutcome('copied');
    } catch {
      setOutcome('shown');
    }
  }
  return (
    <div className="share">
      <button type="button" onClick={copy}>
        Copy link
      </button>
      <span role="status">{outcome === 'copied' && 'Link copied.'}</span>
      {outcome === 'shown' && (
        <input
          type="text"
          readOnly
          aria-label="Link to this estimate"
          value={address}
          onFocus={(e) => e.target.select()}
        />
      )}
    </div>
  );
}

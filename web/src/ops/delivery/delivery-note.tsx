import type { DeliveryState } from './delivery-state.js';

/** Said while a version is on its way into production. */
export function DeliveryNote({ delivery }: { delivery: DeliveryState | null }) {
  return (
    <div role="status" aria-label="Delivery" className="delivery">
      {delivery !== null && <p className="notice-warn">{delivery.note}</p>}
    </div>
  );
}

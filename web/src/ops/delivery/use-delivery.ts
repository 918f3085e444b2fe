import { useEffect } from 'react';
import { controlPath } from '../../api/control.js';
import type { Topic } from '../live/live-events.js';
import { useControl } from '../parts/use-control.js';
import { type DeliveryState, type DeployStatus, deliveryState } from './delivery-state.js';

const topics: readonly Topic[] = ['slots', 'instances', 'audit'];
/** The end of a delivery changes nothing that is told of. */
const AGAIN_MS = 2000;

/** The delivery of a project that is under way, until it has ended; null without one. */
export function useDelivery(project: string): DeliveryState | null {
  const { data, loading, reload } = useControl<DeployStatus>(controlPath('deploy/status', { project }), topics);
  const state = data === null ? null : deliveryState(data);
  const waits = data?.delivery?.status === 'running' && !loading;
  useEffect(() => {
    if (!waits) return;
    const timer = setTimeout(reload, AGAIN_MS);
    return () => clearTimeout(timer);
  }, [waits, reload]);
  return state;
}

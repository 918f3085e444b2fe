import type { Stage } from './stage.js';

/** d. Failing or slow beyond its bounds, whatever people say of its answers. */
export const guardrailStage: Stage = ({ guardrails }) =>
  guardrails.breach === null
    ? null
    : { stage: 'guardrails', verdict: 'harm', reason: `The candidate breaks a guardrail: ${guardrails.breach}.` };

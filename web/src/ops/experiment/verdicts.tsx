import type { ComponentProps } from 'react';
import { VerdictPanel } from './verdict-panel.js';

type Policy = ComponentProps<typeof VerdictPanel>['policy'];

interface VerdictsProps extends Pick<ComponentProps<typeof VerdictPanel>, 'metric' | 'judgedBy'> {
  /** The policy that acts. */
  readonly acting: Policy;
  /** What each of them says. */
  readonly said: Readonly<Record<Policy, ComponentProps<typeof VerdictPanel>['decided']>>;
}

/** Both verdicts, side by side. */
export function Verdicts({ acting, said, ...about }: VerdictsProps) {
  return (
    <div className="verdicts">
      {(['rule', 'evidence'] as const).map((policy) => (
        <VerdictPanel key={policy} policy={policy} acts={acting === policy} decided={said[policy]} {...about} />
      ))}
    </div>
  );
}

import { type ReactNode, useEffect, useRef } from 'react';
import { hasNavigated } from '../../shared/navigation.js';
import { usePageTitle } from '../../shared/page-title.js';

interface PageProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** One page of operations: its heading takes the focus when the page is gone to, so that a screen reader says where it is. */
export function Page({ title, lead, actions, children }: PageProps) {
  usePageTitle(`${title} · Operations`);
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another title is another page
  useEffect(() => {
    if (hasNavigated()) heading.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <main className="ops-page" id="content">
      <header className="ops-heading">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead !== undefined && <p className="hint">{lead}</p>}
        </div>
        {actions}
      </header>
      {children}
    </main>
  );
}

import '../styles/help.css';
import { useEffect } from 'react';
import { Link } from '../shared/link.js';
import { usePageTitle } from '../shared/page-title.js';
import { ThemeToggle } from '../shared/theme-toggle.js';
import { type Topic, topics } from './topics.js';

/** What the numbers mean. */
export function HelpPage() {
  usePageTitle('What the numbers mean');
  useEffect(() => {
    const asked = document.getElementById(window.location.hash.slice(1));
    asked?.scrollIntoView();
    asked?.focus({ preventScroll: true });
  }, []);
  return (
    <div className="price-page help-page">
      <header className="masthead">
        <div>
          <h1>What the numbers mean</h1>
          <p>
            <Link href="/">Price page</Link> · <Link href="/ops">Operations</Link>
          </p>
        </div>
        <ThemeToggle />
      </header>
      <main>
        {Object.entries<Topic>(topics).map(([id, { title, text, guide }]) => (
          <section key={id} id={id} tabIndex={-1} className="card">
            <h2>{title}</h2>
            <p>{text}</p>
            <p className="hint">
              The whole of it: <code>{guide}</code>
            </p>
          </section>
        ))}
      </main>
    </div>
  );
}

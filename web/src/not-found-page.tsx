import { Link } from './shared/link.js';
import { usePageTitle } from './shared/page-title.js';

/** An address the app does not know. */
export function NotFoundPage() {
  usePageTitle('Page not found');
  return (
    <main className="not-found">
      <h1>There is no such page</h1>
      <p>
        Go to the <Link href="/">price page</Link> or to <Link href="/ops">operations</Link>.
      </p>
    </main>
  );
}

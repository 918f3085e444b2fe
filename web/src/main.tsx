import '@fontsource-variable/anek-latin';
import './styles/tokens.css';
import './styles/base.css';
import './styles/feedback.css';
import './styles/price.css';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { NotFoundPage } from './not-found-page.js';
import { PricePage } from './price/price-page.js';
import { useAddress } from './shared/navigation.js';

// visitors of the price page do not load the operations app
const OpsApp = lazy(() => import('./ops/ops-app.js'));

function App() {
  const { path } = useAddress();
  if (path === '/') return <PricePage />;
  if (path === '/ops' || path.startsWith('/ops/')) {
    return (
      <Suspense fallback={<p className="page-loading">Loading …</p>}>
        <OpsApp />
      </Suspense>
    );
  }
  return <NotFoundPage />;
}

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

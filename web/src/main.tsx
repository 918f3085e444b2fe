import '@fontsource-variable/anek-latin';
import './styles/tokens.css';
import './styles/base.css';
import './styles/feedback.css';
import './styles/price.css';
import './styles/similar.css';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { NotFoundPage } from './not-found-page.js';
import { PricePage } from './price/price-page.js';
import { useAddress } from './shared/navigation.js';

// visitors of the price page do not load the operations app
const OpsApp = lazy(() => import('./ops/ops-app.js'));
const IrisPage = lazy(async () => ({ default: (await import('./iris/iris-page.js')).IrisPage }));
const HelpPage = lazy(async () => ({ default: (await import('./help/help-page.js')).HelpPage }));

function App() {
  const { path } = useAddress();
  if (path === '/') return <PricePage />;
  const inOps = path === '/ops' || path.startsWith('/ops/');
  const Page = inOps ? OpsApp : path === '/iris' ? IrisPage : path === '/help' ? HelpPage : NotFoundPage;
  return (
    <Suspense fallback={<p className="page-loading">Loading …</p>}>
      <Page />
    </Suspense>
  );
}

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

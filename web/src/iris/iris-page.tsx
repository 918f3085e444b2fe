import '../styles/iris.css';
import { type FormEvent, useState } from 'react';
import { ApiError } from '../api/http.js';
import { measures, predictIris } from '../api/iris.js';
import { useAppSettings } from '../shared/app-settings.js';
import { formatTime } from '../shared/format.js';
import { Link } from '../shared/link.js';
import { usePageTitle } from '../shared/page-title.js';
import { ThemeToggle } from '../shared/theme-toggle.js';
import { readIrisHistory, writeIrisHistory } from './iris-history.js';
import { MeasureSlider } from './measure-slider.js';
import { PredictionCard } from './prediction-card.js';
import { UsageByVersion } from './usage-by-version.js';

/** Four measures of a flower in, its species out, by whichever version the split gives. */
export function IrisPage() {
  usePageTitle('Which iris is it?');
  const settings = useAppSettings();
  const [values, setValues] = useState<readonly number[]>(measures.map(({ start }) => start));
  const [history, setHistory] = useState(readIrisHistory);
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const running = settings.data === null || settings.data.routed.includes('iris');

  async function predict(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const prediction = await predictIris(values);
      setHistory((before) => writeIrisHistory([prediction, ...before]));
      setShown(true);
    } catch (error) {
      setProblem(error instanceof ApiError ? error.message : String(error));
    }
    setBusy(false);
  }

  const [latest] = history;
  return (
    <div className="price-page">
      <header className="masthead">
        <div>
          <h1>Which iris is it?</h1>
          <p>
            Two versions of a model tell three species apart by four measures. <Link href="/">Home prices</Link>
          </p>
        </div>
        <ThemeToggle />
      </header>
      <main>
        <div className="column">
          {running ? (
            <form className="card iris-part" onSubmit={(event) => void predict(event)}>
              {measures.map(({ name, least, most }, i) => (
                <MeasureSlider
                  key={name}
                  name={name}
                  least={least}
                  most={most}
                  value={values[i] ?? least}
                  onChange={(value) => setValues((before) => before.with(i, value))}
                />
              ))}
              <button type="submit" className="primary" disabled={busy}>
                {busy ? 'Asking …' : 'Get prediction'}
              </button>
              {problem !== null && (
                <p role="alert" className="problem">
                  {problem}
                </p>
              )}
            </form>
          ) : (
            <div className="card placeholder">
              <h2>The iris project does not run here</h2>
              <p>
                Start the stack with <code>PROJECTS=home-prices,iris</code> to have it beside the home prices.
              </p>
            </div>
          )}
        </div>
        <div className="column" aria-live="polite">
          {shown && latest !== undefined ? (
            <PredictionCard
              prediction={latest}
              onTold={(actual) =>
                setHistory((before) =>
                  writeIrisHistory(
                    before.map((one) =>
                      one.predictionId === latest.predictionId ? { ...one, actual: actual ?? undefined } : one,
                    ),
                  ),
                )
              }
            />
          ) : (
            <div className="card placeholder">
              <h2>The prediction appears here</h2>
              <p>Set the four measures and ask.</p>
            </div>
          )}
          {history.length > 0 && (
            <>
              <UsageByVersion history={history} />
              <section className="card iris-part" aria-labelledby="iris-history-heading">
                <header>
                  <h2 id="iris-history-heading">Your predictions</h2>
                  <button
                    type="button"
                    className="quiet"
                    onClick={() => {
                      setHistory(writeIrisHistory([]));
                      setShown(false);
                    }}
                  >
                    Clear
                  </button>
                </header>
                <ol className="iris-history">
                  {history.slice(0, 10).map(({ features, species, actual, modelVersion, timestamp }) => (
                    <li key={timestamp}>
                      <span>
                        {features.map((value) => value.toFixed(1)).join(' · ')}
                        <span className="hint">
                          {formatTime(timestamp)}
                          {actual !== undefined && (actual === species ? ', right' : `, really ${actual}`)}
                        </span>
                      </span>
                      <strong>
                        {species} <span className="hint">{modelVersion}</span>
                      </strong>
                    </li>
                  ))}
                </ol>
                <p className="hint">Kept in this browser only.</p>
              </section>
            </>
          )}
        </div>
      </main>
    </div>
  );
}

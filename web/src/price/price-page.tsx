import { useEffect, useRef, useState } from 'react';
import { fetchLocations, type Home } from '../api/prediction.js';
import { replaceAddress } from '../shared/navigation.js';
import { usePageTitle } from '../shared/page-title.js';
import { ThemeToggle } from '../shared/theme-toggle.js';
import { useResource } from '../shared/use-resource.js';
import { EstimateCard } from './estimate-card.js';
import { noteAnswer, type PastEstimate, readHistory, writeHistory } from './estimate-history.js';
import { FeedbackPanel } from './feedback-panel.js';
import { HistoryList } from './history-list.js';
import {
  checkHome,
  emptyDraft,
  fromQuery,
  type HomeDraft,
  type HomeField,
  type HomeProblems,
  homeFields,
  toQuery,
} from './home-draft.js';
import { PriceForm } from './price-form.js';
import { SimilarHomes } from './similar-homes.js';
import { useEstimate } from './use-estimate.js';

const toDraft = (home: Home): HomeDraft =>
  Object.fromEntries(homeFields.map((field) => [field, String(home[field])])) as unknown as HomeDraft;

/** What the server says is wrong, at the fields that the form has. */
function fieldProblems(fields: readonly { field: string; message: string }[]): HomeProblems {
  return Object.fromEntries(
    fields.filter(({ field }) => homeFields.includes(field as HomeField)).map(({ field, message }) => [field, message]),
  );
}

/** The first field in trouble gets the focus, so that a screen reader reads what is wrong. */
function focusFirst(problems: HomeProblems): void {
  const first = homeFields.find((field) => problems[field] !== undefined);
  if (first !== undefined) document.getElementById(first)?.focus();
}

/** The page for everybody: a home in, an estimate out, and what the visitor thinks of it. */
export function PricePage() {
  usePageTitle('What is it worth? Home prices in Bengaluru');
  const locations = useResource(fetchLocations);
  const [draft, setDraft] = useState(() => fromQuery(new URLSearchParams(window.location.search)) ?? emptyDraft);
  /** A shared link is estimated as soon as the locations are known. */
  const shared = useRef(draft !== emptyDraft);
  const [problems, setProblems] = useState<HomeProblems>({});
  const [current, setCurrent] = useState<PastEstimate | null>(null);
  const [history, setHistory] = useState(readHistory);
  const { busy, error, ask, forget } = useEstimate();
  const result = useRef<HTMLDivElement>(null);

  async function submit(from: HomeDraft = draft) {
    const checked = checkHome(from, locations.data);
    if (checked.home === null) {
      setProblems(checked.problems);
      focusFirst(checked.problems);
      return;
    }
    setProblems({});
    const estimate = await ask(checked.home);
    if (estimate === null) return;
    const past: PastEstimate = { home: checked.home, estimate, answers: {} };
    setCurrent(past);
    setHistory((last) => writeHistory([past, ...last]));
    replaceAddress(`/${toQuery(checked.home)}`);
    result.current?.focus({ preventScroll: true });
    result.current?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the locations have come or failed to
  useEffect(() => {
    if (!shared.current || (locations.loading && locations.data === null)) return;
    shared.current = false;
    void submit();
  }, [locations.loading]);

  useEffect(() => {
    if (error === null) return;
    const said = fieldProblems(error.fields);
    setProblems(said);
    focusFirst(said);
  }, [error]);

  function change(field: HomeField, value: string) {
    const next = { ...draft, [field]: value };
    setDraft(next);
    forget();
    if (problems[field] === undefined) return;
    const { [field]: _, ...others } = problems;
    const still = checkHome(next, locations.data).problems?.[field];
    setProblems(still === undefined ? others : { ...others, [field]: still });
  }

  function open(past: PastEstimate) {
    setDraft(toDraft(past.home));
    setProblems({});
    setCurrent(past);
    replaceAddress(`/${toQuery(past.home)}`);
    result.current?.focus({ preventScroll: true });
  }

  const locationHint =
    locations.error === null ? undefined : 'The list of locations could not be loaded: write the location in full.';
  const id = current?.estimate.prediction_id ?? null;
  return (
    <div className="price-page">
      <header className="masthead">
        <div>
          <h1>What is it worth?</h1>
          <p>Home prices in Bengaluru, estimated from what homes were offered for.</p>
        </div>
        <ThemeToggle />
      </header>
      <main>
        <div className="column">
          <PriceForm
            draft={draft}
            problems={problems}
            locations={locations.data}
            locationHint={locationHint}
            busy={busy}
            onChange={change}
            onSubmit={() => void submit()}
          />
          {error !== null && Object.keys(fieldProblems(error.fields)).length === 0 && (
            <div role="alert" className="notice">
              <p>{error.message}</p>
              <button type="button" onClick={() => void submit()}>
                Try again
              </button>
            </div>
          )}
        </div>
        <section className="column" ref={result} tabIndex={-1} aria-label="Estimate" aria-busy={busy}>
          {current === null ? (
            <div className="card placeholder">
              <h2>{busy ? 'Estimating …' : 'Your estimate appears here'}</h2>
              <p>Say where the home is and how large, and you get a price with its range and the reasons for it.</p>
            </div>
          ) : (
            <>
              <EstimateCard home={current.home} estimate={current.estimate} />
              <FeedbackPanel
                key={id}
                predictionId={current.estimate.prediction_id}
                initial={current.answers}
                onAcknowledged={(type, answer) =>
                  setHistory((last) => writeHistory(noteAnswer(last, current.estimate.prediction_id, type, answer)))
                }
              />
              <SimilarHomes key={`similar-${id}`} home={current.home} price={current.estimate.estimated_price} />
            </>
          )}
          <HistoryList history={history} currentId={id} onOpen={open} onClear={() => setHistory(writeHistory([]))} />
        </section>
      </main>
    </div>
  );
}

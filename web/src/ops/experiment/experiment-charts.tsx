import { useMemo } from 'react';
import type { DecisionView, ExperimentView } from '../../api/control.js';
import { HelpLink } from '../../help/help-link.js';
import { type Line, TimeChart } from '../charts/time-chart.js';
import { judgedWords, scoreWords, upperFirst } from './judged-words.js';

const band = [1, 2] as const;

function last(values: readonly (number | null)[]): string {
  const value = values.findLast((v) => v !== null);
  return value === undefined || value === null ? 'none yet' : String(Number(value.toFixed(3)));
}

interface ExperimentChartsProps {
  readonly decisions: readonly DecisionView[];
  readonly experiment: ExperimentView;
}

/** The experiment over time, one point per decision. @param decisions newest first */
export function ExperimentCharts({ decisions, experiment }: ExperimentChartsProps) {
  const { metric = 'score', judged_by: judgedBy } = experiment;
  const told = judgedWords(judgedBy).many;
  const { times, scores, effect, amounts } = useMemo(() => {
    const ordered = decisions.toReversed();
    const pick = (policy: 'rule' | 'evidence', name: string) =>
      ordered.map(({ evaluation }) => evaluation[policy].numbers[name] ?? null);
    const scoreLines: Line[] = [
      { name: 'Production', color: 'production', values: pick('rule', 'productionScore') },
      { name: 'Candidate', color: 'candidate', values: pick('rule', 'candidateScore') },
    ];
    const effectLines: Line[] = [
      { name: 'Candidate − production', color: 'candidate', values: pick('evidence', 'effect') },
      { name: 'Upper bound', color: 'candidate', edge: true, values: pick('evidence', 'upper') },
      { name: 'Lower bound', color: 'candidate', edge: true, values: pick('evidence', 'lower') },
      { name: 'No difference', color: 'ink', dashed: true, values: ordered.map(() => 0) },
    ];
    const amountLines: Line[] = [
      { name: `Production ${told}`, color: 'production', values: pick('rule', 'productionRatings') },
      { name: `Candidate ${told}`, color: 'candidate', values: pick('rule', 'candidateRatings') },
    ];
    return {
      times: ordered.map(({ decided_at }) => decided_at),
      scores: scoreLines,
      effect: effectLines,
      amounts: amountLines,
    };
  }, [decisions, told]);
  return (
    <div className="charts">
      <section className="card">
        <h2>
          Scores <HelpLink topic="score" />
        </h2>
        <p className="hint">
          {metric === 'score'
            ? `0.7 · ${judgedWords(judgedBy).mean} / 5 + 0.3 · share of the 5 s latency budget left; at each hourly look.`
            : `${upperFirst(scoreWords(metric))}, at each hourly look.`}
        </p>
        <TimeChart
          times={times}
          lines={scores}
          summary={`Latest scores: production ${last(scores[0]!.values)}, candidate ${last(scores[1]!.values)}.`}
        />
      </section>
      <section className="card">
        <h2>
          Difference, with its 95 % confidence sequence <HelpLink topic="confidence" />
        </h2>
        <p className="hint">The band may be read at every look. Wholly above zero: the candidate is better.</p>
        <TimeChart
          times={times}
          lines={effect}
          band={band}
          summary={`Latest difference ${last(effect[0]!.values)}, between ${last(effect[2]!.values)} and ${last(effect[1]!.values)}.`}
        />
      </section>
      <section className="card">
        <h2>{upperFirst(told)} received</h2>
        <p className="hint">Since the experiment’s clock started.</p>
        <TimeChart
          times={times}
          lines={amounts}
          summary={`${upperFirst(told)}: production ${last(amounts[0]!.values)}, candidate ${last(amounts[1]!.values)}.`}
        />
      </section>
    </div>
  );
}

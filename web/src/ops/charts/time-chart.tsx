import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import { formatTime } from '../../shared/format.js';
import { type ChartColors, faded, readChartColors } from './chart-colors.js';

export interface Line {
  readonly name: string;
  readonly values: readonly (number | null)[];
  readonly color: 'production' | 'candidate' | 'ink';
  /** Drawn as an edge of a band, without a line of its own. */
  readonly edge?: boolean;
  readonly dashed?: boolean;
}

interface TimeChartProps {
  /** Said to those who do not see it, so it carries the message. */
  readonly summary: string;
  readonly times: readonly string[];
  readonly lines: readonly Line[];
  /** Indices of the two lines that a band lies between, upper first. */
  readonly band?: readonly [number, number];
}

const HEIGHT = 260;
const HOUR_SECONDS = 3600;
const DAY_SECONDS = 86_400;
/** Distances between ticks; nothing here happens within a minute. */
const STEPS = [
  ...[1, 2, 5, 10, 30].map((minutes) => minutes * 60),
  ...[1, 3, 6, 12].map((hours) => hours * HOUR_SECONDS),
  ...[1, 2, 7, 14, 30, 90, 365].map((days) => days * DAY_SECONDS),
];
const day = new Intl.DateTimeFormat('en-IN', { day: 'numeric', month: 'short' });
const clock = new Intl.DateTimeFormat('en-IN', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const font = '13px "Anek Latin Variable", system-ui, sans-serif';

/** With the decimals that tell neighbouring ticks apart. */
function written(value: number, step: number): string {
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return value.toLocaleString('en-IN', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

function tellLatest(chart: UPlot): void {
  chart.setLegend({ idx: chart.data[0].length - 1 }, false);
}

function options(
  lines: readonly Line[],
  band: TimeChartProps['band'],
  colors: ChartColors,
  width: number,
): UPlot.Options {
  const axis = { stroke: colors.ink, font, grid: { stroke: colors.grid, width: 1 }, ticks: { stroke: colors.grid } };
  return {
    width,
    height: HEIGHT,
    axes: [
      {
        ...axis,
        incrs: STEPS,
        values: (_chart, splits, _axis, _space, step) =>
          splits.map((seconds) => {
            const at = new Date(seconds * 1000);
            const midnight = at.getHours() === 0 && at.getMinutes() === 0;
            return (step >= DAY_SECONDS || midnight ? day : clock).format(at);
          }),
      },
      {
        ...axis,
        size: 64,
        values: (_chart, splits, _axis, _space, step) => splits.map((value) => written(value, step)),
      },
    ],
    // uPlot gives a single point three years of room
    scales: {
      x: {
        range: (chart, from, to) =>
          chart.data[0].length === 1 ? [from - HOUR_SECONDS, from + HOUR_SECONDS] : [from, to],
      },
    },
    series: [
      { label: 'At', value: (_chart, seconds) => (seconds === null ? '' : formatTime(seconds * 1000)) },
      ...lines.map(({ name, color, edge, dashed }) => ({
        label: name,
        stroke: colors[color],
        width: edge ? 0.5 : 2,
        ...(dashed ? { dash: [6, 5] } : {}),
        points: { show: !edge && lines[0]!.values.length < 3 },
        value: (_: UPlot, value: number | null) => (value === null ? '–' : String(Number(value.toFixed(3)))),
      })),
    ],
    // with no pointer on the chart the legend tells the latest values
    hooks: { ready: [tellLatest], setCursor: [(chart) => chart.cursor.idx == null && tellLatest(chart)] },
    ...(band === undefined ? {} : { bands: [{ series: [band[0] + 1, band[1] + 1], fill: faded(colors.candidate) }] }),
  };
}

/** Values over time; drawn anew when the theme or the width changes. */
export function TimeChart({ summary, times, lines, band }: TimeChartProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const data: UPlot.AlignedData = [
      times.map((time) => Date.parse(time) / 1000),
      ...lines.map(({ values }) => [...values]),
    ];
    let chart: UPlot | null = null;
    const draw = () => {
      chart?.destroy();
      chart = new UPlot(options(lines, band, readChartColors(element), element.clientWidth), data, element);
    };
    draw();
    const resize = new ResizeObserver(() => chart?.setSize({ width: element.clientWidth, height: HEIGHT }));
    resize.observe(element);
    const theme = new MutationObserver(draw);
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    const system = window.matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', draw);
    return () => {
      resize.disconnect();
      theme.disconnect();
      system.removeEventListener('change', draw);
      chart?.destroy();
    };
  }, [times, lines, band]);
  return (
    <figure className="chart">
      <figcaption className="visually-hidden">{summary}</figcaption>
      <div ref={place} aria-hidden="true" />
    </figure>
  );
}

import { formatCount, formatDay } from '../format.ts';
import { GAP, HEIGHT, NumbersTable, Plot, type Series, SeriesLegend, WIDTH } from './chart-parts.tsx';

export interface Bar {
  /** `YYYY-MM-DD`, the first day where a bar gathers several; with `text` anything that tells bars apart. */
  day: string;
  /** What the bar's time is called, where it is no day. */
  text?: string;
  values: Readonly<Record<string, number>>;
}

interface BarChartProps {
  /** What the chart shows, for people who hear it. */
  label: string;
  series: readonly Series[];
  bars: readonly Bar[];
  /** What each bar stands for; many days are gathered by week. */
  unit?: 'day' | 'hour';
}

const MAX_DAILY_BARS = 100;

/** Stacked bars drawn on the server, with the same numbers as a table below. */
export function BarChart({ label, series, bars: single, unit = 'day' }: BarChartProps) {
  const weekly = unit === 'day' && single.length > MAX_DAILY_BARS;
  const bars = weekly ? byWeek(single, series) : single;
  const ceiling = niceCeiling(Math.max(0, ...bars.map((bar) => total(bar, series))));
  return (
    <figure class="chart">
      <figcaption>
        <span class="chart-title">{`${label}, by ${weekly ? 'week' : unit}`}</span>
        {series.length > 1 && (
          <span class="legend">
            <SeriesLegend series={series} />
          </span>
        )}
      </figcaption>
      <Plot label={label} names={bars.map(nameOf)} ceiling={ceiling}>
        {bars.map((bar, index) => (
          <BarShape key={bar.day} bar={bar} series={series} x={index * WIDTH} ceiling={ceiling} weekly={weekly} />
        ))}
      </Plot>
      <details class="chart-table">
        <summary>Show as table</summary>
        <NumbersTable
          label={label}
          step={weekly ? 'Week from' : UNIT_TEXT[unit]}
          series={series}
          rows={bars.filter((bar) => total(bar, series) > 0).map((bar) => ({ name: nameOf(bar), values: bar.values }))}
        />
      </details>
    </figure>
  );
}

interface BarShapeProps {
  bar: Bar;
  series: readonly Series[];
  x: number;
  ceiling: number;
  weekly: boolean;
}

function BarShape({ bar, series, x, ceiling, weekly }: BarShapeProps) {
  let top = HEIGHT;
  const parts = series
    .filter((one) => bar.values[one.key])
    .map((one) => `${formatCount(bar.values[one.key] ?? 0)} ${one.name.toLowerCase()}`);
  const when = weekly ? `Week from ${formatDay(bar.day)}` : nameOf(bar);
  return (
    <g class="bar">
      <title>{`${when}: ${parts.join(', ') || 'none'}`}</title>
      <rect class="bar-hit" x={x} y={0} width={WIDTH} height={HEIGHT} />
      {series.map((one) => {
        const height = round(((bar.values[one.key] ?? 0) / ceiling) * HEIGHT);
        if (height === 0) return null;
        top = round(top - height);
        return (
          <rect
            key={one.key}
            class={`series-${one.tone}`}
            x={x + GAP / 2}
            y={top}
            width={WIDTH - GAP}
            height={height}
          />
        );
      })}
    </g>
  );
}

const UNIT_TEXT = { day: 'Day', hour: 'Hour from' } as const;

const nameOf = ({ day, text }: Bar): string => text ?? formatDay(day);

function total(bar: Bar, series: readonly Series[]): number {
  return series.reduce((sum, one) => sum + (bar.values[one.key] ?? 0), 0);
}

function byWeek(bars: readonly Bar[], series: readonly Series[]): Bar[] {
  const weeks: Bar[] = [];
  for (let index = 0; index < bars.length; index += 7) {
    const days = bars.slice(index, index + 7);
    const values = series.map((one) => [one.key, days.reduce((sum, day) => sum + (day.values[one.key] ?? 0), 0)]);
    const start = days[0];
    if (start) weeks.push({ day: start.day, values: Object.fromEntries(values) });
  }
  return weeks;
}

/** The next of 4, 6, 8, 10, 20, 40 ... at or above the highest bar. */
function niceCeiling(peak: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(Math.max(1, peak)));
  const step = [1, 2, 4, 6, 8, 10].find((factor) => factor * magnitude >= peak) ?? 10;
  return Math.max(4, step * magnitude);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

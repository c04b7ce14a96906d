import { formatCount } from '../format.ts';
import { GAP, HEIGHT, LegendItem, NumbersTable, Plot, type Series, SeriesLegend, WIDTH } from './chart-parts.tsx';

export interface UsageBar {
  /** When it is, as it is written in the table and beside the bar: `14:05`, `12 Nov, 14:00`. */
  when: string;
  values: Readonly<Record<string, number>>;
}

interface UsageChartProps {
  /** What the chart shows, for people who hear it too. */
  label: string;
  /** What a bar stands for: `Minute`. */
  step: string;
  /** Stacked from below. */
  series: readonly Series[];
  bars: readonly UsageBar[];
  /** Drawn across where the bars reach for it. */
  limit?: { value: number; name: string } | undefined;
}

/** Bars over time against a limit, drawn on the server, with the same numbers as a table below. */
export function UsageChart({ label, step, series, bars, limit }: UsageChartProps) {
  const total = (bar: UsageBar) => series.reduce((sum, { key }) => sum + (bar.values[key] ?? 0), 0);
  const ceiling = Math.max(4, limit?.value ?? 0, ...bars.map(total)) * 1.05;
  const y = (value: number) => Math.round((1 - value / ceiling) * HEIGHT * 100) / 100;
  const used = bars.filter((bar) => total(bar) > 0);
  return (
    <figure class="chart">
      <figcaption>
        <span class="chart-title">{label}</span>
        <span class="legend">
          <SeriesLegend series={series} />
          {limit && (
            <LegendItem mark={<path class="limit-line" d="M0 4H8" />}>
              {`${limit.name}: ${formatCount(limit.value)}`}
            </LegendItem>
          )}
        </span>
      </figcaption>
      <Plot label={label} names={bars.map(({ when }) => when)} ceiling={Math.floor(ceiling)}>
        {bars.map((bar, index) => {
          let below = 0;
          return (
            <g key={bar.when} class="bar">
              <title>
                {`${bar.when}: ${series.map(({ key, name }) => `${formatCount(bar.values[key] ?? 0)} ${name.toLowerCase()}`).join(', ')}`}
              </title>
              <rect class="bar-hit" x={index * WIDTH} y={0} width={WIDTH} height={HEIGHT} />
              {series.map(({ key, tone }) => {
                const value = bar.values[key] ?? 0;
                if (value === 0) return null;
                const bottom = y(below);
                below += value;
                return (
                  <rect
                    key={key}
                    class={`series-${tone}`}
                    x={index * WIDTH + GAP / 2}
                    y={y(below)}
                    width={WIDTH - GAP}
                    height={Math.max(0, Math.round((bottom - y(below)) * 100) / 100)}
                  />
                );
              })}
            </g>
          );
        })}
        {limit && <path class="limit-line" d={`M0 ${y(limit.value)}H${bars.length * WIDTH}`} />}
      </Plot>
      <details class="chart-table">
        <summary>Show as table</summary>
        {used.length === 0 ? (
          <p class="sub">Nothing to list.</p>
        ) : (
          <NumbersTable
            label={label}
            step={step}
            series={series}
            rows={used.map(({ when, values }) => ({ name: when, values }))}
          />
        )}
      </details>
    </figure>
  );
}

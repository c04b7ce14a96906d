import { formatCount } from '../format.ts';

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
  /** Stacked from below; `tone` names a colour in the stylesheet. */
  series: readonly { key: string; name: string; tone: string }[];
  bars: readonly UsageBar[];
  /** Drawn across where the bars reach for it. */
  limit?: { value: number; name: string } | undefined;
}

const HEIGHT = 100;
const WIDTH = 10;
const GAP = 2;

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
          {series.map(({ key, name, tone }) => (
            <span key={key} class="legend-item">
              <svg viewBox="0 0 8 8" width="8" height="8" aria-hidden="true">
                <rect class={`series-${tone}`} width="8" height="8" rx="2" />
              </svg>
              {name}
            </span>
          ))}
          {limit && (
            <span class="legend-item">
              <svg viewBox="0 0 8 8" width="8" height="8" aria-hidden="true">
                <path class="limit-line" d="M0 4H8" />
              </svg>
              {`${limit.name}: ${formatCount(limit.value)}`}
            </span>
          )}
        </span>
      </figcaption>
      <div class="plot">
        <span class="axis-y">
          <span>{formatCount(Math.floor(ceiling))}</span>
          <span>0</span>
        </span>
        <svg
          class="bars"
          viewBox={`0 0 ${Math.max(1, bars.length) * WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`${label}. The numbers are in the table below.`}
        >
          <path class="grid" d={`M0 0H${bars.length * WIDTH}M0 ${HEIGHT / 2}H${bars.length * WIDTH}`} />
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
        </svg>
        <span class="axis-x">
          {[bars[0], bars.length > 4 ? bars[Math.floor((bars.length - 1) / 2)] : undefined, bars.at(-1)].map(
            (bar, index) => bar && <span key={`${index}-${bar.when}`}>{bar.when}</span>,
          )}
        </span>
      </div>
      <details class="chart-table">
        <summary>Show as table</summary>
        {used.length === 0 ? (
          <p class="sub">Nothing to list.</p>
        ) : (
          <div class="table-scroll">
            <table>
              <caption class="visually-hidden">{label}</caption>
              <thead>
                <tr>
                  <th scope="col">{step}</th>
                  {series.map(({ key, name }) => (
                    <th key={key} scope="col" class="number">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {used.map((bar) => (
                  <tr key={bar.when}>
                    <th scope="row">{bar.when}</th>
                    {series.map(({ key }) => (
                      <td key={key} class="number">
                        {formatCount(bar.values[key] ?? 0)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </details>
    </figure>
  );
}

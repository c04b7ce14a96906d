import type { ComponentChildren } from 'preact';
import { formatCount } from '../format.ts';
import { TableHead } from './table.tsx';

/** One stacked part of every bar; `tone` names its colour in the stylesheet. */
export interface Series {
  key: string;
  name: string;
  tone: string;
}

/** The drawing's own units; it is stretched to its box. */
export const HEIGHT = 100;
export const WIDTH = 10;
export const GAP = 2;

/** What a colour or line of a drawing stands for. */
export function LegendItem({ mark, children }: { mark: ComponentChildren; children: string }) {
  return (
    <span class="legend-item">
      <svg viewBox="0 0 8 8" width="8" height="8" aria-hidden="true">
        {mark}
      </svg>
      {children}
    </span>
  );
}

/** What the colours of the series stand for. */
export function SeriesLegend({ series }: { series: readonly Series[] }) {
  return (
    <>
      {series.map(({ key, name, tone }) => (
        <LegendItem key={key} mark={<rect class={`series-${tone}`} width="8" height="8" rx="2" />}>
          {name}
        </LegendItem>
      ))}
    </>
  );
}

interface PlotProps {
  /** What the chart shows, for people who hear it. */
  label: string;
  /** What each bar is called: the first, the last and one in the middle are named below it. */
  names: readonly string[];
  /** The count at the drawing's upper edge. */
  ceiling: number;
  /** The bars, and what is drawn across them. */
  children: ComponentChildren;
}

/** The drawing between its axes: no script, no inline style. It stretches to its box, so labels are text beside it. */
export function Plot({ label, names, ceiling, children }: PlotProps) {
  const bars = names.length;
  const middle = bars > 4 ? names[Math.floor((bars - 1) / 2)] : undefined;
  const last = bars > 1 ? names.at(-1) : undefined;
  return (
    <div class="plot">
      <span class="axis-y">
        <span>{formatCount(ceiling)}</span>
        <span>0</span>
      </span>
      <svg
        class="bars"
        viewBox={`0 0 ${Math.max(1, bars) * WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${label}. The numbers are in the table below.`}
      >
        <path class="grid" d={`M0 0H${bars * WIDTH}M0 ${HEIGHT / 2}H${bars * WIDTH}`} />
        {children}
      </svg>
      <span class="axis-x">
        {[names[0], middle, last].map((name) => name !== undefined && <span key={name}>{name}</span>)}
      </span>
    </div>
  );
}

interface NumbersTableProps {
  label: string;
  /** What a row stands for: `Day`. */
  step: string;
  series: readonly Series[];
  rows: readonly { name: string; values: Readonly<Record<string, number>> }[];
}

/** The numbers of a chart, for everybody who cannot see or hover the bars. */
export function NumbersTable({ label, step, series, rows }: NumbersTableProps) {
  return (
    <div class="table-scroll">
      <table>
        <caption class="visually-hidden">{label}</caption>
        <TableHead columns={[step, ...series.map(({ name }) => ({ number: name }))]} />
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <th scope="row">{row.name}</th>
              {series.map(({ key }) => (
                <td key={key} class="number">
                  {formatCount(row.values[key] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

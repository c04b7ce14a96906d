/** A line the size of a word: the shape of a trend beside its numbers. */
export function Sparkline({ values, label }: { values: readonly number[]; label: string }) {
  const peak = Math.max(1, ...values);
  const step = 96 / Math.max(1, values.length - 1);
  const points = values.map((value, index) => [round(2 + index * step), round(24 - (value / peak) * 20)] as const);
  const line = points.map(([x, y]) => `${x},${y}`).join(' ');
  const end = points.at(-1);
  return (
    <svg class="sparkline" viewBox="0 0 100 28" width="100" height="28" role="img" aria-label={label}>
      <title>{label}</title>
      <polygon class="area" points={`2,26 ${line} 98,26`} />
      <polyline points={line} />
      {end && <circle cx={end[0]} cy={end[1]} r="2" />}
    </svg>
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

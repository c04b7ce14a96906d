/** Help Scout's times have second precision: `2026-03-01T09:30:00Z`. */
export function isoSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

export function floorToSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

const PATHS = {
  external: 'M6 3.5H3.5v9h9V10M9 3h4v4M13 3 7.5 8.5',
  chevron: 'm4.5 6.5 3.5 3.5 3.5-3.5',
  check: 'm3.5 8.5 3 3 6-7',
  cross: 'm4.5 4.5 7 7m0-7-7 7',
  clock: 'M8 4.5V8l2.5 1.5M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  skip: 'm4 4 4 4-4 4m4.5-8 4 4-4 4',
  alert: 'M8 6v3m0 2.2v.1M8 2.5 14.5 13.5h-13L8 2.5Z',
  info: 'M8 7.5v3.5M8 5v.1M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  up: 'm3.5 10.5 3.5-4 2.5 2 3.5-4.5m-3.2 0H13v3',
  down: 'm3.5 5.5 3.5 4 2.5-2 3.5 4.5m-3.2 0H13V9',
  flat: 'M3 8h10m-3-3 3 3-3 3',
  spark: 'M8 2.5v3m0 5v3m5.5-5.5h-3m-5 0h-3M11.9 4.1 9.8 6.2M6.2 9.8l-2.1 2.1m7.8 0L9.8 9.8M6.2 6.2 4.1 4.1',
  bug: 'M5.5 6.5a2.5 2.5 0 0 1 5 0V10a2.5 2.5 0 0 1-5 0ZM2.5 8.5h3m5 0h3M3 4.5l2.5 1.8M13 4.5l-2.5 1.8M3 12.5l2.7-1.5m7.3 1.5-2.7-1.5',
  feature: 'M8 2.5v11M2.5 8h11',
  documentation: 'M4 2.5h5.5L12 5v8.5H4ZM6 7h4m-4 3h4',
  question: 'M5.8 6a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.5m0 2.2v.1',
  lock: 'M4.5 7.5h7v5.5h-7Zm1.5 0V5.5a2 2 0 0 1 4 0v2',
  inbox: 'M2.5 9.5 4.5 3.5h7l2 6v3.5h-11Zm0 0h3.2l.8 1.5h3l.8-1.5h3.2',
  search: 'M10.5 10.5 13.5 13.5M12 7a5 5 0 1 1-10 0 5 5 0 0 1 10 0Z',
  layers: 'm8 2.5 6 3-6 3-6-3Zm-6 6 6 3 6-3',
  menu: 'M2.5 4.5h11M2.5 8h11m-11 3.5h11',
  bell: 'M3 11.5h10L11.8 9.7V7a3.8 3.8 0 0 0-7.6 0v2.7ZM6.6 13.5h2.8',
  theme: 'M8 2a6 6 0 1 0 0 12V2Z',
} as const;

export type IconName = keyof typeof PATHS;

/** A 16-unit line icon. Decoration only: the text beside it carries the meaning. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

const EFFECTS: Record<string, (seconds: number) => object> = {
  delay: (seconds) => ({ delayMs: seconds * 1000 }),
  before: () => ({ drop: 'before' }),
  after: () => ({ drop: 'after' }),
  429: (seconds) => ({ status: 429, retryAfterSeconds: seconds }),
};

/** What the form says, in the shape that the control API takes. Empty fields are left out. */
export function faultFrom(entries: URLSearchParams): object {
  const text = (name: string) => entries.get(name)?.trim() || undefined;
  const number = (name: string) => (text(name) === undefined ? undefined : Number(text(name)));
  const effect = text('effect') ?? '';
  const probability = number('probability');
  const fault = {
    api: text('api'),
    method: text('method'),
    template: text('template'),
    conversationId: number('conversationId'),
    writesOnly: entries.has('writesOnly') ? true : undefined,
    effect: EFFECTS[effect]?.(number('seconds') ?? 1) ?? { status: Number(effect) },
    when: probability === undefined ? { count: number('count') ?? 1 } : { probability, seed: number('seed') ?? 1 },
  };
  return Object.fromEntries(Object.entries(fault).filter(([, value]) => value !== undefined));
}

/** What people call each setting: as its page does, in few words. */
const NAMES: Readonly<Record<string, string>> = {
  'duplicates mode': 'suspected duplicates',
  'duplicates windowHours': 'hours that duplicates are looked for',
  'customers mode': 'customer changes are sent',
  'customers emailTaken': 'when another customer has the address',
  'retention logDays': 'days the log is kept',
  'retention auditDays': 'days the audit trail is kept',
  'alerts successRate on': 'alert of the success rate',
  'alerts successRate percent': 'alert below so many percent',
  'alerts failedTicket on': 'alert of failed tickets',
  'alerts silence on': 'alert of silence',
  'alerts silence hours': 'hours of silence',
  'alerts quietHour on': 'alert of quiet hours',
  'insights classifier': 'who classifies',
  'insights model': 'Claude’s model',
  'insights effort': 'effort',
  'insights temperature': 'temperature',
  'insights includeNotes': 'private notes are read',
  'insights confirmPatterns': 'Claude compares patterns',
  'insights batches': 'scans in batches',
  'insights reviewBelow': 'a person decides below',
  'insights dailyCapUsd': 'US dollars a day',
  'insights atCap': 'when the cost limit is reached',
  'insights records': 'bug reports and feature requests are made',
  'insights outcomeCheckDays': 'days until reports are looked at',
};

const VALUES: Readonly<Record<string, string>> = {
  realTime: 'in real time',
  hourly: 'every hour',
  daily: 'every day',
  match: 'update that one',
  report: 'fail and say so',
  hold: 'held back',
  flag: 'created and marked',
  auto: 'Claude where there is a key',
  offline: 'the offline model',
  wait: 'wait for the next day',
  automatic: 'by themselves',
  approval: 'after approval',
};

/** Values that read as something else than the same word elsewhere. */
const OWN_VALUES: Readonly<Record<string, (value: unknown) => string | undefined>> = {
  'insights reviewBelow': (value) => (typeof value === 'number' ? `${Math.round(value * 100)}%` : undefined),
  'insights dailyCapUsd': (value) => (value === null ? 'no limit' : undefined),
  'insights model': (value) => (value === null ? 'the installation’s' : String(value)),
  'insights effort': (value) => (value === null ? 'as the model does' : undefined),
  'insights temperature': (value) => (value === null ? 'as the model does' : undefined),
};

/** One changed setting in people's words: `US dollars a day: no limit → 5`; `place` is its path (`insights dailyCapUsd`). */
export function settingChange(place: string, before: unknown, after: unknown): string {
  const word = (value: unknown) => {
    if (typeof value === 'boolean') return value ? 'on' : 'off';
    return OWN_VALUES[place]?.(value) ?? VALUES[String(value)] ?? String(value ?? 'none');
  };
  return `${NAMES[place] ?? place}: ${word(before)} → ${word(after)}`;
}

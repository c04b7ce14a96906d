import { relative } from 'node:path';
import { PROJECT_DIR } from './paths.ts';
import type { Stack } from './stack.ts';

type Row = [what: string, where: string, note?: string];

/** How to sign in and what runs where, as text for the terminal. */
export function describeStack(stack: Stack, about: { dataDir: string; startedInMs: number }): string {
  const { urls, origins, busyPorts } = stack;
  const data = relative(PROJECT_DIR, about.dataDir) || about.dataDir;
  const busy = (port: number | undefined) => port && `port ${port} is in use by something else`;
  const note = (...parts: (string | number | undefined)[]) => parts.filter(Boolean).join('; ');
  const servers: Row[] = [
    ['Web app', urls.api, note(busy(busyPorts.api))],
    urls.sandbox
      ? [
          'Help Scout sandbox',
          urls.sandbox,
          note('plays Help Scout, no HELPSCOUT_APP_ID is set', busy(busyPorts.sandbox)),
        ]
      : ['Help Scout', 'api.helpscout.net', 'your own account'],
    ['Temporal Web', urls.temporalUi, note(busy(busyPorts.temporalUi))],
    ['Temporal', urls.temporal, note(origins.temporal, busy(busyPorts.temporal))],
    ['MongoDB', withoutCredentials(urls.mongodb), note(origins.mongodb, busy(busyPorts.mongodb))],
    ['Classifier', stack.environment.ANTHROPIC_API_KEY ? 'Claude' : 'offline model'],
    ['Data and logs', data, 'kept; remove the folder to start over'],
  ];
  return [
    '',
    `Ready after ${(about.startedInMs / 1000).toFixed(0)} s.`,
    '',
    ...columns(signIn(stack)),
    '',
    ...columns(servers),
    '',
    '  Ctrl-C stops everything that was started here.',
    '',
  ].join('\n');
}

function signIn({ account, urls, sandboxDocsApiKey }: Stack): Row[] {
  const rows: Row[] = [['Open', urls.api, account ? undefined : 'to set up your organization']];
  if (account?.password) {
    rows.push(['Sign in as', account.email], ['Password', account.password, 'shown this once']);
  } else if (account) {
    rows.push(
      ['Sign in as', account.email],
      ['Password', 'as shown at the first start', 'new one: npm run password:reset'],
    );
  }
  if (sandboxDocsApiKey) rows.push(['Docs API key', sandboxDocsApiKey, 'of the sandbox']);
  return rows;
}

/** Rows as lines, each column as wide as its widest cell. */
function columns(rows: Row[]): string[] {
  const width = (column: 0 | 1) => Math.max(...rows.map((row) => row[column].length));
  return rows.map(([what, where, note = '']) =>
    `  ${what.padEnd(width(0))}  ${where.padEnd(width(1))}  ${note}`.trimEnd(),
  );
}

function withoutCredentials(uri: string): string {
  return uri.replace(/\/\/[^@/]*@/, '//');
}

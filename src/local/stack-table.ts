import { relative } from 'node:path';
import { PROJECT_DIR } from './paths.ts';
import type { Stack } from './stack.ts';

/** What runs where and how to sign in, as text for the terminal. */
export function describeStack(stack: Stack, about: { dataDir: string; startedInMs: number }): string {
  const { urls, origins, account } = stack;
  const data = relative(PROJECT_DIR, about.dataDir) || about.dataDir;
  const rows: [string, string, string][] = [
    ['Web app', urls.api, ''],
    urls.sandbox
      ? ['Help Scout sandbox', urls.sandbox, 'plays Help Scout: no HELPSCOUT_APP_ID is set']
      : ['Help Scout', 'api.helpscout.net', 'your own account'],
    ['Temporal Web', urls.temporalUi, origins.temporal],
    ['Temporal', urls.temporal, ''],
    ['MongoDB', withoutCredentials(urls.mongodb), origins.mongodb],
    ['Classifier', stack.environment.ANTHROPIC_API_KEY ? 'Claude' : 'offline model', ''],
    ['Data and logs', data, 'kept; remove it to start over'],
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map(([what, where, note]) =>
    `  ${what.padEnd(widths[0] ?? 0)}  ${where.padEnd(widths[1] ?? 0)}  ${note}`.trimEnd(),
  );
  const docsKey = stack.sandboxDocsApiKey ? [`  Docs API key of the sandbox: ${stack.sandboxDocsApiKey}`] : [];
  return [
    '',
    `Ready after ${(about.startedInMs / 1000).toFixed(0)} s.`,
    '',
    ...lines,
    '',
    ...signIn(account),
    ...docsKey,
    '  Ctrl-C stops everything that was started here.',
    '',
  ].join('\n');
}

function signIn(account: Stack['account']): string[] {
  if (!account) return ['  Open the web app to set up your organization.'];
  if (account.password) {
    return [
      `  Sign in as ${account.email} with the password ${account.password}`,
      '  It is shown this once; `npm run password:reset` makes a new one.',
    ];
  }
  return [
    `  Sign in as ${account.email}. The password was shown at the first start;`,
    '  `npm run password:reset` makes a new one.',
  ];
}

function withoutCredentials(uri: string): string {
  return uri.replace(/\/\/[^@/]*@/, '//');
}

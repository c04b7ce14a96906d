import { describeEveryPage } from './every-page.ts';

// All of them in both, and more: every-page.long.ts.
const LOOKS = [
  { width: 1280, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
] as const;

describeEveryPage(LOOKS, { takeTurns: true });

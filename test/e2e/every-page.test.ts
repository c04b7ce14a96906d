import { describeEveryPage } from './every-page.ts';

// Every page in every look: every-page.long.ts.
const LOOKS = [
  { width: 1280, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
] as const;

describeEveryPage(LOOKS, { short: true });

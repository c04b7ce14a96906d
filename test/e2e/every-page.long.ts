import { describeEveryPage } from './every-page.ts';

// From one to the next, so that a page is looked at in all of them after one load.
describeEveryPage([
  { width: 1280, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
  { width: 390, colorScheme: 'dark' },
  { width: 390, colorScheme: 'light' },
]);

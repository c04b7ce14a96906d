import { describeEveryPage } from './every-page.ts';

describeEveryPage([
  { width: 1280, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
]);

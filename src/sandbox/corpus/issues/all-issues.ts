import type { Issue } from '../issue.ts';
import { ACCOUNT_QUESTIONS } from './account-questions.ts';
import { BILLING_BUGS } from './billing-bugs.ts';
import { DOCUMENTATION } from './documentation.ts';
import { MOBILE_BUGS } from './mobile-bugs.ts';
import { OFFICE_FEATURES } from './office-features.ts';
import { PLATFORM_BUGS } from './platform-bugs.ts';
import { SCHEDULE_BUGS } from './schedule-bugs.ts';
import { SCHEDULE_FEATURES } from './schedule-features.ts';
import { USAGE_QUESTIONS } from './usage-questions.ts';

/** Everything that several people write about; the order decides what a seed gives. */
export const ISSUES: Issue[] = [
  ...MOBILE_BUGS,
  ...SCHEDULE_BUGS,
  ...PLATFORM_BUGS,
  ...BILLING_BUGS,
  ...SCHEDULE_FEATURES,
  ...OFFICE_FEATURES,
  ...DOCUMENTATION,
  ...ACCOUNT_QUESTIONS,
  ...USAGE_QUESTIONS,
];

import type { ApiEndpoint } from './api-endpoint.ts';
import { approvalApi } from './approvals.ts';
import { contactFormApi } from './contact-forms.ts';
import { conversationApi } from './conversations.ts';
import { coverageApi } from './coverage.ts';
import { customerApi } from './customers.ts';
import { documentationApi } from './documentation-needs.ts';
import { healthApi } from './health.ts';
import { insightApi } from './insights.ts';
import { integrationApi } from './integrations.ts';
import { logApi } from './log.ts';
import { organizationApi } from './organization.ts';
import { patternApi } from './patterns.ts';
import { qualityApi } from './quality.ts';
import { recordApi } from './records.ts';
import { retryRunApi } from './retry-runs.ts';
import { sentEmailApi } from './sent-emails.ts';
import { settingsApi } from './settings.ts';
import { submissionApi } from './submissions.ts';
import { taxonomyApi } from './taxonomy.ts';

/** The public API, `/api/v1`. What stands here is served and documented. */
export const apiEndpoints: readonly ApiEndpoint[] = [
  ...logApi,
  ...retryRunApi,
  ...insightApi,
  ...documentationApi,
  ...conversationApi,
  ...patternApi,
  ...recordApi,
  ...approvalApi,
  ...customerApi,
  ...submissionApi,
  ...contactFormApi,
  ...sentEmailApi,
  ...healthApi,
  ...coverageApi,
  ...integrationApi,
  ...settingsApi,
  ...taxonomyApi,
  ...qualityApi,
  ...organizationApi,
];

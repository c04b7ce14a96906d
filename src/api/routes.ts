import type { Endpoint } from './endpoint.ts';
import { home } from './routes/auth/home.ts';
import { showSetup, submitSetup } from './routes/auth/setup.ts';
import { showSignIn, submitSignIn } from './routes/auth/sign-in.ts';
import { signOut } from './routes/auth/sign-out.ts';
import { customerEndpoints } from './routes/customers/index.ts';
import { failureEndpoints } from './routes/failures/index.ts';
import { formEndpoints } from './routes/forms/index.ts';
import { healthEndpoints } from './routes/health/index.ts';
import { showConversation } from './routes/insights/conversation.ts';
import { showCosts } from './routes/insights/costs.ts';
import { showDocumentation } from './routes/insights/documentation.ts';
import { showInsights, showInsightsList } from './routes/insights/insights.ts';
import { qualityEndpoints } from './routes/insights/quality.ts';
import { reviewEndpoints } from './routes/insights/review.ts';
import { whatIfEndpoints } from './routes/insights/what-if.ts';
import { chooseCustomersMode, showApiUsage } from './routes/log/api-usage.ts';
import { logEndpoints } from './routes/log/index.ts';
import { healthz } from './routes/machines/healthz.ts';
import { helpScoutWebhook } from './routes/machines/helpscout-webhook.ts';
import { allowDecoding, decodePayloads } from './routes/machines/payload-codec.ts';
import { livez, readyz } from './routes/machines/probes.ts';
import { showOperations } from './routes/operations/show.ts';
import { patternEndpoints } from './routes/patterns/index.ts';
import { recordEndpoints } from './routes/records/index.ts';
import { cancelScan, pause, resume, retryFailed } from './routes/settings/actions.ts';
import { apiKeyEndpoints } from './routes/settings/api-keys.ts';
import { connect } from './routes/settings/connect.ts';
import { disconnect, showDisconnect } from './routes/settings/disconnect.ts';
import { mapDocs, saveDocsKey } from './routes/settings/docs.ts';
import { eraseEndpoints } from './routes/settings/erase.ts';
import { helpScoutSettingsEndpoints } from './routes/settings/helpscout-settings.ts';
import { insightSettingsEndpoints } from './routes/settings/insight-settings.ts';
import { showIntegration, showProgress } from './routes/settings/integration.ts';
import { showIntegrations } from './routes/settings/integrations.ts';
import { chooseMailboxes } from './routes/settings/mailboxes.ts';
import { addMember, changeRole, removeMember, showMembers } from './routes/settings/members.ts';
import { notificationChannelEndpoints } from './routes/settings/notification-channels.ts';
import { oauthCallback } from './routes/settings/oauth-callback.ts';
import { leaveForOtherApps } from './routes/settings/other-apps.ts';
import { rescan, showScanEstimate } from './routes/settings/scans.ts';
import { taxonomyEndpoints } from './routes/settings/taxonomy.ts';
import { docsEndpoints } from './v1/docs.ts';
import { apiEndpoints } from './v1/index.ts';

/** Every address of the web app. A test walks this list, so a new endpoint is checked for roles and tenants too. */
export const routes: readonly Endpoint[] = [
  healthz,
  livez,
  readyz,
  helpScoutWebhook,
  allowDecoding,
  decodePayloads,

  home,
  showSetup,
  submitSetup,
  showSignIn,
  submitSignIn,
  signOut,

  showIntegrations,
  connect,
  oauthCallback,
  showIntegration,
  showProgress,
  chooseMailboxes,
  saveDocsKey,
  mapDocs,
  leaveForOtherApps,
  ...helpScoutSettingsEndpoints,
  ...notificationChannelEndpoints,
  ...insightSettingsEndpoints,
  ...taxonomyEndpoints,
  rescan,
  cancelScan,
  showScanEstimate,
  pause,
  resume,
  retryFailed,
  ...eraseEndpoints,
  showDisconnect,
  disconnect,

  showInsights,
  showInsightsList,
  ...reviewEndpoints,
  ...qualityEndpoints,
  ...whatIfEndpoints,
  showConversation,
  showCosts,
  showDocumentation,
  ...patternEndpoints,
  ...recordEndpoints,

  ...logEndpoints,
  ...failureEndpoints,
  showApiUsage,
  chooseCustomersMode,
  ...healthEndpoints,
  ...formEndpoints,
  ...customerEndpoints,
  ...apiKeyEndpoints,
  ...docsEndpoints(apiEndpoints),
  ...apiEndpoints,

  showOperations,

  showMembers,
  addMember,
  changeRole,
  removeMember,
];

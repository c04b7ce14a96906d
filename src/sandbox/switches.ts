import type { SwitchesPatch, SwitchValues } from './switches-schema.ts';

const DEFAULT_SWITCHES: SwitchValues = {
  oauth: {
    tokenLifetimeSeconds: 172_800,
    refreshTokens: 'rotating',
    accessTokensSurviveRefresh: true,
    tokenEndpoint: 'free',
    errorBodies: 'json',
    codeLifetimeSeconds: 600,
    redirectUri: 'checked',
  },
  rateLimit: {
    perMinute: 400,
    window: 'fixed',
    offsetMs: 0,
    otherApps: { share: 0, mode: 'spread' },
    writeBurst: false,
  },
  docsRateLimit: { perTenMinutes: 2000 },
  webhooks: {
    enabled: true,
    secretOnRead: false,
    notificationKey: 'url',
    timeoutMs: 10_000,
    duplicate: null,
    reorder: null,
    lose: null,
    delay: null,
    wrongSignature: null,
  },
  errors: { bodies: 'envelope' },
  search: { lagMs: 0 },
  conversations: {
    webLocation: true,
    fieldWrites: 'replace',
    defaultAssigneeId: null,
    importedWebhooks: true,
    draftPublishedBy: 'either',
    locked: [],
    chatEmbedding: 'fewer',
    pagePastEnd: 'empty',
  },
  customers: { duplicateEmail: '409', emailFilter: 'contains', omittedOnPut: 'reset', locked: [] },
  statusPage: { indicator: 'none', incident: '' },
  pageDrift: null,
};

/** Values to read where they apply, each time anew, and `set` to turn some. */
export function createSwitches(start: SwitchesPatch = {}) {
  let values = merged(DEFAULT_SWITCHES, start);
  return {
    get values(): SwitchValues {
      return values;
    },
    set(patch: SwitchesPatch): void {
      values = merged(values, patch);
    },
  };
}

export type Switches = ReturnType<typeof createSwitches>;

/** Keeps the very objects of what the patch does not name: their dice roll on. */
function merged(values: SwitchValues, patch: SwitchesPatch): SwitchValues {
  return {
    oauth: { ...values.oauth, ...patch.oauth },
    rateLimit: { ...values.rateLimit, ...patch.rateLimit },
    docsRateLimit: { ...values.docsRateLimit, ...patch.docsRateLimit },
    webhooks: { ...values.webhooks, ...patch.webhooks },
    errors: { ...values.errors, ...patch.errors },
    search: { ...values.search, ...patch.search },
    conversations: { ...values.conversations, ...patch.conversations },
    customers: { ...values.customers, ...patch.customers },
    statusPage: { ...values.statusPage, ...patch.statusPage },
    pageDrift: patch.pageDrift === undefined ? values.pageDrift : patch.pageDrift,
  };
}

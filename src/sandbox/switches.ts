import { z } from 'zod';
import { createRandom } from './corpus/prng.ts';

const probability = z.number().min(0).max(1);
const seed = z.number().int().default(1);
const ms = z.number().int().nonnegative();
/** Strikes with the probability; the same seed strikes at the same turns. */
const chanceSchema = z.strictObject({ probability, seed });

export const DRIFT_KINDS = ['new', 'changed', 'deleted'] as const;

/**
 * What can be turned while the sandbox runs, mostly where nobody could confirm how the original behaves. Start values
 * come from the options; a restart returns to them. The descriptions stand beside the switches on the control page.
 */
export const switchesSchema = z.strictObject({
  oauth: z.strictObject({
    tokenLifetimeSeconds: z.number().int().positive(),
    refreshTokens: z
      .enum(['rotating', 'kept', 'omitted'])
      .describe(
        'Rotating: each works once. Kept: stays, and is answered again. Omitted: stays, and the answer has none.',
      ),
    accessTokensSurviveRefresh: z.boolean(),
    tokenEndpoint: z.enum(['free', 'counted']).describe('Whether calls of the token endpoint take part of the minute.'),
    errorBodies: z.enum(['json', 'html', 'empty']),
  }),
  rateLimit: z.strictObject({
    perMinute: z.number().int().positive(),
    window: z.enum(['fixed', 'sliding']),
    offsetMs: ms.max(59_999).describe("When within the clock's minute a fixed minute begins."),
    otherApps: z
      .strictObject({ share: probability, mode: z.enum(['spread', 'burst']) })
      .describe('The part of the minute that other apps of the account use: evenly, or at one moment of each minute.'),
    writeBurst: z.boolean().describe('At most 12 writes in 5 seconds, as version 1 of the API had it.'),
  }),
  docsRateLimit: z.strictObject({ perTenMinutes: z.number().int().positive() }),
  webhooks: z.strictObject({
    enabled: z.boolean().describe('Off, events are lost.'),
    secretOnRead: z.boolean(),
    notificationKey: z.string().min(1).describe("Under which key a notification's body has the address."),
    timeoutMs: z.number().int().positive(),
    duplicate: chanceSchema.nullable(),
    reorder: chanceSchema
      .nullable()
      .describe("Holds a delivery back until the webhook's next one was answered, or two seconds passed."),
    lose: chanceSchema.nullable(),
    delay: chanceSchema.extend({ ms }).nullable(),
    wrongSignature: chanceSchema.nullable().describe('Signs single attempts with another secret.'),
  }),
  conversations: z.strictObject({
    webLocation: z.boolean().describe('Whether the answer to a create says where people read the conversation.'),
    fieldWrites: z
      .enum(['replace', 'merge'])
      .describe('Whether a call that sets custom fields leaves those it does not name.'),
    defaultAssigneeId: z
      .number()
      .int()
      .nullable()
      .describe(
        "The inboxes' own setting: who gets a new conversation of which nobody said whose it is. Null is nobody.",
      ),
    importedWebhooks: z.boolean().describe('Whether what is imported is told to the webhooks.'),
    draftPublishedBy: z
      .enum(['either', 'false', 'true'])
      .describe(
        'Which value of /draft publishes a draft; the other one is refused. Clients send the one or the other.',
      ),
    locked: z.array(z.number().int()).describe('Ids of conversations that can be read but not written to: 423.'),
    chatEmbedding: z
      .enum(['fewer', 'cut', 'full'])
      .describe(
        "What lists and reads that embed threads have of a chat's: the newest few, all with texts cut short, or all.",
      ),
    pagePastEnd: z
      .enum(['empty', 'counts', 'notFound'])
      .describe(
        "A page past the end of a list: without items and counts, without items but with the list's counts, or 404.",
      ),
  }),
  search: z.strictObject({
    lagMs: ms.describe('How much later than it is stored a change is seen in lists.'),
  }),
  customers: z.strictObject({
    duplicateEmail: z
      .enum(['409', '400'])
      .describe('How a create or an added address answers that belongs to another customer.'),
    emailFilter: z
      .enum(['contains', 'exact'])
      .describe('What `GET /v3/customers?email=` takes: addresses that contain the text, or just the address itself.'),
    omittedOnPut: z
      .enum(['reset', 'kept'])
      .describe('What happens to the fields that `PUT /v2/customers/{id}` leaves out.'),
    locked: z.array(z.number().int()).describe('Ids of customers that can be read but not written to: 423.'),
  }),
  pageDrift: chanceSchema
    .extend({ kinds: z.array(z.enum(DRIFT_KINDS)).min(1) })
    .nullable()
    .describe('Writes to a conversation after a page of the conversation list was served.'),
});
export type SwitchValues = z.infer<typeof switchesSchema>;

/** Some of the switches; a group may name some of its own. */
export const switchesPatchSchema = z.strictObject({
  oauth: switchesSchema.shape.oauth.partial().optional(),
  rateLimit: switchesSchema.shape.rateLimit.partial().optional(),
  docsRateLimit: switchesSchema.shape.docsRateLimit.partial().optional(),
  webhooks: switchesSchema.shape.webhooks.partial().optional(),
  search: switchesSchema.shape.search.partial().optional(),
  conversations: switchesSchema.shape.conversations.partial().optional(),
  customers: switchesSchema.shape.customers.partial().optional(),
  pageDrift: switchesSchema.shape.pageDrift.optional(),
});
export type SwitchesPatch = z.infer<typeof switchesPatchSchema>;

export const DEFAULT_SWITCHES: SwitchValues = {
  oauth: {
    tokenLifetimeSeconds: 172_800,
    refreshTokens: 'rotating',
    accessTokensSurviveRefresh: true,
    tokenEndpoint: 'free',
    errorBodies: 'json',
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
  pageDrift: null,
};

type Chance = z.infer<typeof chanceSchema>;

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

/** Asks a chance again and again: its sequence starts anew whenever the switch is set. */
export function createDice<T extends Chance>(read: () => T | null): () => T | null {
  let current: T | null = null;
  let random = createRandom(0);
  return () => {
    const chance = read();
    if (chance !== current) {
      current = chance;
      random = createRandom(chance?.seed ?? 0);
    }
    return chance !== null && random.chance(chance.probability) ? chance : null;
  };
}

/** Keeps the very objects of what the patch does not name: their dice roll on. */
function merged(values: SwitchValues, patch: SwitchesPatch): SwitchValues {
  return {
    oauth: { ...values.oauth, ...patch.oauth },
    rateLimit: { ...values.rateLimit, ...patch.rateLimit },
    docsRateLimit: { ...values.docsRateLimit, ...patch.docsRateLimit },
    webhooks: { ...values.webhooks, ...patch.webhooks },
    search: { ...values.search, ...patch.search },
    conversations: { ...values.conversations, ...patch.conversations },
    customers: { ...values.customers, ...patch.customers },
    pageDrift: patch.pageDrift === undefined ? values.pageDrift : patch.pageDrift,
  };
}

import { z } from 'zod';

const probability = z.number().min(0).max(1);
const seed = z.number().int().default(1);
const ms = z.number().int().nonnegative();
/** At most ten years: a token's end must be a time that can be stored. */
const lifetimeSeconds = z.number().int().positive().max(315_360_000);
/** Strikes with the probability; the same seed strikes at the same turns. */
const chanceSchema = z.strictObject({ probability, seed });
export type Chance = z.infer<typeof chanceSchema>;

export const DRIFT_KINDS = ['new', 'changed', 'deleted'] as const;

/**
 * What can be turned while the sandbox runs, mostly where nobody could confirm how the original behaves. Start values
 * come from the options; a restart returns to them. The descriptions stand beside the switches on the control page.
 */
export const switchesSchema = z.strictObject({
  oauth: z.strictObject({
    tokenLifetimeSeconds: lifetimeSeconds,
    refreshTokens: z
      .enum(['rotating', 'kept', 'omitted'])
      .describe(
        'Rotating: each works once. Kept: stays, and is answered again. Omitted: stays, and the answer has none.',
      ),
    accessTokensSurviveRefresh: z.boolean(),
    tokenEndpoint: z.enum(['free', 'counted']).describe('Whether calls of the token endpoint take part of the minute.'),
    errorBodies: z.enum(['json', 'html', 'empty']),
    codeLifetimeSeconds: lifetimeSeconds,
    redirectUri: z
      .enum(['checked', 'ignored'])
      .describe('Whether a redirect_uri that is not the registered one is refused when an app asks to be let in.'),
  }),
  rateLimit: z.strictObject({
    perMinute: z.number().int().positive(),
    window: z.enum(['fixed', 'sliding']),
    offsetMs: ms.max(59_999).describe("When within the clock's minute a fixed minute begins."),
    otherApps: z
      .strictObject({ share: probability, mode: z.enum(['spread', 'burst']).default('spread') })
      .describe('The part of the minute that other apps of the account use: evenly, or at one moment of each minute.'),
    writeBurst: z.boolean().describe('At most 12 writes in 5 seconds, as version 1 of the API had it.'),
  }),
  docsRateLimit: z.strictObject({ perTenMinutes: z.number().int().positive() }),
  webhooks: z.strictObject({
    enabled: z.boolean().describe('Off, events are lost.'),
    secretOnRead: z.boolean(),
    notificationKey: z.string().min(1).describe("Under which key a notification's body has the address."),
    timeoutMs: z.number().int().positive().max(600_000),
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
  errors: z.strictObject({
    bodies: z.enum(['envelope', 'empty']).describe('What 401, 403 and 404 of the Inbox API carry.'),
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
  statusPage: z.strictObject({
    indicator: z.enum(['none', 'minor', 'major', 'critical', 'maintenance']),
    incident: z.string().max(200).describe('Name of an incident that the status page tells of; empty for none.'),
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
  errors: switchesSchema.shape.errors.partial().optional(),
  search: switchesSchema.shape.search.partial().optional(),
  conversations: switchesSchema.shape.conversations.partial().optional(),
  customers: switchesSchema.shape.customers.partial().optional(),
  statusPage: switchesSchema.shape.statusPage.partial().optional(),
  pageDrift: switchesSchema.shape.pageDrift.optional(),
});
export type SwitchesPatch = z.infer<typeof switchesPatchSchema>;

import { z } from 'zod';
import type { OrganizationSettings } from '../../../domain/organization-settings.ts';
import { roleFor } from '../../../security/permissions.ts';
import { AuditTrailPage } from '../../../ui/index.ts';
import { AUDIT_TRAIL_PATH, HELPSCOUT_SETTINGS_PATH } from '../../../ui/links.ts';
import { saveSettings } from '../../commands/save-settings.ts';
import { type Endpoint, memberEndpoint } from '../../endpoint.ts';
import { textCursor, writeCursor } from '../../readers/cursor.ts';
import { helpScoutSettingsPage } from '../../readers/helpscout-settings.ts';
import { queryCursor } from '../../readers/query-values.ts';
import { page, redirect } from '../../reply.ts';

const access = roleFor('manageSettings');
const ENTRIES = 50;

const showSettings = memberEndpoint({
  method: 'get',
  path: HELPSCOUT_SETTINGS_PATH,
  access,
  handler:
    (deps) =>
    async ({ organizationId, shell }) =>
      page(await helpScoutSettingsPage(deps, organizationId, await shell())),
});

const showAuditTrail = memberEndpoint({
  method: 'get',
  path: AUDIT_TRAIL_PATH,
  access,
  query: z.object({ before: queryCursor }),
  handler:
    ({ storage }) =>
    async ({ organizationId, query: { before }, shell }) => {
      const cursor = textCursor(before);
      const [{ entries, next }, { retention }] = await Promise.all([
        storage.auditTrail.list(organizationId, { limit: ENTRIES, ...(cursor && { cursor }) }),
        storage.settings.get(organizationId),
      ]);
      const props = { entries, before, older: writeCursor(next), keptDays: retention.auditDays };
      return page(AuditTrailPage({ shell: await shell(), ...props }));
    },
});

/** A whole number of a form, in words when it is none or out of bounds. */
const amount = (least: number, most: number) => {
  const sentence = `Use a whole number from ${least} to ${most.toLocaleString('en-US')}.`;
  return z
    .string(sentence)
    .trim()
    .regex(/^\d{1,6}$/, sentence)
    .transform(Number)
    .refine((value) => value >= least && value <= most, sentence);
};
const choice = <T extends string>(...values: [T, ...T[]]) => z.enum(values, 'Choose one of these.');
/** A checkbox: there when it is set. */
const checkbox = z
  .unknown()
  .optional()
  .transform((value) => value === 'on');

/** One section of the page: what its form sends, and the settings that it stands for. */
function section<B extends z.ZodType>(
  name: keyof OrganizationSettings,
  body: B,
  toSettings: (values: z.output<B>, before: OrganizationSettings) => Partial<OrganizationSettings>,
): Endpoint {
  return memberEndpoint({
    method: 'post',
    path: `${HELPSCOUT_SETTINGS_PATH}/${name}`,
    access,
    body,
    handler:
      (deps) =>
      async ({ organizationId, member, body }) => {
        const changed = await saveSettings(deps, organizationId, member.email, (before) => toSettings(body, before));
        const text = changed === '' ? 'Nothing was changed.' : `Saved: ${changed}.`;
        return redirect(`${HELPSCOUT_SETTINGS_PATH}#${name}`, { kind: changed === '' ? 'info' : 'success', text });
      },
    refused:
      (deps) =>
      async ({ organizationId, errors, sent, shell }) =>
        page(await helpScoutSettingsPage(deps, organizationId, await shell(), { errors, sent }), 422),
  });
}

export const helpScoutSettingsEndpoints: readonly Endpoint[] = [
  showSettings,
  showAuditTrail,
  section(
    'customers',
    z.object({ customerMode: choice('realTime', 'hourly', 'daily'), emailTaken: choice('match', 'report') }),
    ({ customerMode, emailTaken }) => ({ customers: { mode: customerMode, emailTaken } }),
  ),
  section(
    'duplicates',
    z.object({ duplicateMode: choice('hold', 'flag'), windowHours: amount(1, 720) }),
    ({ duplicateMode, windowHours }) => ({ duplicates: { mode: duplicateMode, windowHours } }),
  ),
  section(
    'alerts',
    z.object({
      successRateOn: checkbox,
      percent: amount(50, 100),
      failedTicketOn: checkbox,
      silenceOn: checkbox,
      silenceHours: amount(1, 168),
      quietHourOn: checkbox,
    }),
    ({ successRateOn, percent, failedTicketOn, silenceOn, silenceHours, quietHourOn }) => ({
      alerts: {
        successRate: { on: successRateOn, percent },
        failedTicket: { on: failedTicketOn },
        silence: { on: silenceOn, hours: silenceHours },
        quietHour: { on: quietHourOn },
      },
    }),
  ),
  section('retention', z.object({ logDays: amount(7, 3650), auditDays: amount(30, 3650) }), (days, { retention }) => ({
    retention: { ...retention, ...days },
  })),
];

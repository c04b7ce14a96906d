import { z } from 'zod';
import { roleFor } from '../../../security/permissions.ts';
import { INSIGHT_SETTINGS_PATH } from '../../../ui/links.ts';
import { saveSettings } from '../../commands/save-settings.ts';
import { type Endpoint, memberEndpoint } from '../../endpoint.ts';
import { insightSettingsPage } from '../../readers/insight-settings-page.ts';
import { page, redirect } from '../../reply.ts';

const access = roleFor('manageInsights');

const choice = <T extends string>(...values: [T, ...T[]]) => z.enum(values, 'Choose one of these.');
/** A checkbox: there when it is set. */
const checkbox = z
  .unknown()
  .optional()
  .transform((value) => value === 'on');
const amountSentence = (least: number, most: number, decimals: number) =>
  `Enter a ${decimals === 0 ? 'whole ' : ''}number from ${least} to ${most.toLocaleString('en-US')}.`;
/** A number in a form's text, within bounds. */
const amount = (least: number, most: number, decimals: number) => {
  const sentence = amountSentence(least, most, decimals);
  const digits = decimals === 0 ? /^\d{1,6}$/ : new RegExp(`^\\d{1,6}(\\.\\d{1,${decimals}})?$`);
  return z
    .string(sentence)
    .trim()
    .regex(digits, sentence)
    .transform(Number)
    .refine((value) => value >= least && value <= most, sentence);
};
/** The same where the field may stay empty, which is null. */
const amountOrEmpty = (least: number, most: number, decimals: number) =>
  // The sentence is said of the union too, which speaks for itself where both fail.
  z.union(
    [
      z
        .string()
        .trim()
        .length(0)
        .transform(() => null),
      amount(least, most, decimals),
    ],
    amountSentence(least, most, decimals),
  );

const settingsForm = z
  .object({
    classifier: choice('auto', 'offline'),
    model: z
      .string()
      .trim()
      .max(100, 'Use at most 100 characters.')
      .transform((text) => text || null),
    effort: choice('', 'low', 'medium', 'high').transform((value) => value || null),
    temperature: amountOrEmpty(0, 1, 2),
    includeNotes: checkbox,
    confirmPatterns: checkbox,
    batches: checkbox,
    reviewPercent: amount(0, 95, 0),
    dailyCapUsd: amountOrEmpty(0, 100_000, 2),
    atCap: choice('wait', 'offline'),
    records: choice('automatic', 'approval'),
    outcomeCheckDays: amount(1, 90, 0),
  })
  .transform(({ reviewPercent, ...rest }) => ({ ...rest, reviewBelow: reviewPercent / 100 }));

const showInsightSettings = memberEndpoint({
  method: 'get',
  path: INSIGHT_SETTINGS_PATH,
  access,
  handler:
    (deps) =>
    async ({ organizationId, shell }) =>
      page(await insightSettingsPage(deps, organizationId, await shell())),
});

const changeInsightSettings = memberEndpoint({
  method: 'post',
  path: INSIGHT_SETTINGS_PATH,
  access,
  body: settingsForm,
  handler:
    (deps) =>
    async ({ organizationId, member, body }) => {
      const change = () => ({ insights: body });
      const changed = await saveSettings(deps, organizationId, member.email, change, 'Insight settings');
      const text = changed === '' ? 'Nothing was changed.' : `Saved: ${changed}.`;
      return redirect(INSIGHT_SETTINGS_PATH, { kind: changed === '' ? 'info' : 'success', text });
    },
  refused:
    (deps) =>
    async ({ organizationId, errors, sent, shell }) =>
      page(await insightSettingsPage(deps, organizationId, await shell(), { errors, sent }), 422),
});

export const insightSettingsEndpoints: readonly Endpoint[] = [showInsightSettings, changeInsightSettings];

import { z } from 'zod';
import { CATEGORIES } from '../../../domain/category.ts';
import { roleFor } from '../../../security/permissions.ts';
import { patternHref } from '../../../ui/links.ts';
import { impossible, REASON_LENGTH } from '../../commands/patterns/decide.ts';
import { dismissPattern, relabelPattern, snoozePattern, TITLE_LENGTH } from '../../commands/patterns/label-pattern.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { idParam, oneOf } from '../../readers/query-values.ts';
import { answerDecision, refusal } from './answer.ts';

const access = roleFor('changeInsights');
const params = z.object({ patternId: idParam });
/** What is too long comes through, so that the page can say so. */
const text = z.string().trim().catch('');
const reason = text;

/** Why a form cannot be taken as it was filled in; null when it can. */
function tooLong(what: string, value: string, most: number) {
  if (value.length <= most) return null;
  return impossible('tooLong', `${what} has ${value.length} characters.`, `Use at most ${most}.`);
}

const relabel = memberEndpoint({
  method: 'post',
  path: '/patterns/:patternId/relabel',
  access,
  params,
  body: z.object({ title: text.optional(), category: oneOf(CATEGORIES), reason }),
  handler:
    (deps) =>
    async ({ organizationId, member, params: { patternId }, body: { title, category, reason } }) => {
      const asked = patternHref(patternId);
      const refused =
        title === ''
          ? impossible('titleMissing', 'A title is needed.', 'Say in a few words what the pattern is about.')
          : (tooLong('The title', title ?? '', TITLE_LENGTH) ?? tooLong('The reason', reason, REASON_LENGTH));
      if (refused) return refusal(refused, asked);
      const decider = { organizationId, by: member.email, reason };
      return answerDecision(relabelPattern(deps, decider, { patternId, title, category }), asked);
    },
});

const dismiss = memberEndpoint({
  method: 'post',
  path: '/patterns/:patternId/dismiss',
  access,
  params,
  body: z.object({ reason }),
  handler:
    (deps) =>
    async ({ organizationId, member, params: { patternId }, body: { reason } }) => {
      const asked = patternHref(patternId);
      const refused = tooLong('The reason', reason, REASON_LENGTH);
      if (refused) return refusal(refused, asked);
      return answerDecision(dismissPattern(deps, { organizationId, by: member.email, reason }, patternId), asked);
    },
});

const snooze = memberEndpoint({
  method: 'post',
  path: '/patterns/:patternId/snooze',
  access,
  params,
  body: z.object({ more: z.coerce.number().int().max(100_000).catch(0), reason }),
  handler:
    (deps) =>
    ({ organizationId, member, params: { patternId }, body: { more, reason } }) =>
      answerDecision(
        snoozePattern(deps, { organizationId, by: member.email, reason }, { patternId, more }),
        patternHref(patternId),
      ),
});

export const labelEndpoints = [relabel, dismiss, snooze];

import { z } from 'zod';
import { may, roleFor } from '../../../security/permissions.ts';
import { DuplicatesPage } from '../../../ui/index.ts';
import { DUPLICATES_PATH } from '../../../ui/links.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { textCursor, writeCursor } from '../../readers/cursor.ts';
import { queryCursor } from '../../readers/query-values.ts';
import { page } from '../../reply.ts';

const PAIRS = 25;

/** What repeats an earlier submission: held back, or created and flagged. */
export const showDuplicates = memberEndpoint({
  method: 'get',
  path: DUPLICATES_PATH,
  access: roleFor('seeLog'),
  query: z.object({ before: queryCursor }),
  handler:
    ({ storage }) =>
    async ({ organizationId, query: { before }, member, shell }) => {
      const cursor = textCursor(before);
      const [{ submissions, next }, forms] = await Promise.all([
        storage.submissions.suspectedDuplicates(organizationId, { limit: PAIRS, cursor }),
        storage.contactForms.list(organizationId),
      ]);
      const pairs = await Promise.all(
        submissions.map(async (later) => ({
          later,
          first: later.duplicateOf ? await storage.submissions.get(organizationId, later.duplicateOf) : null,
          formName: forms.find(({ formId }) => formId === later.formId)?.name ?? null,
        })),
      );
      const mayDecide = may(member.role, 'retrySyncs');
      return page(
        DuplicatesPage({
          shell: await shell(),
          pairs,
          before: cursor ? before : null,
          older: writeCursor(next),
          mayDecide,
        }),
      );
    },
});

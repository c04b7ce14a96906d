import { z } from 'zod';
import type { RecordKind } from '../../domain/issue-record.ts';
import { MESSAGE_STATES, messageKindSchema } from '../../domain/record-message.ts';
import { recordCustomers } from '../readers/record-customers.ts';
import { apiEndpoint } from './api-endpoint.ts';
import { positiveNumber } from './parameters.ts';
import { apiProblem } from './problems.ts';

const customersSchema = z.object({
  data: z.array(
    z
      .object({
        name: z.string().nullable(),
        email: z.string().nullable(),
        conversations: z.array(
          z.object({
            conversationId: z.number().int(),
            number: z.number().int(),
            subject: z.string(),
            reportedAt: z.date(),
            webUrl: z.string().nullable(),
            told: z.array(
              z.object({ kind: messageKindSchema, state: z.enum(MESSAGE_STATES), by: z.string(), at: z.date() }),
            ),
          }),
        ),
      })
      .meta({
        id: 'AskingCustomer',
        description: 'Somebody who asked, where, and what these conversations were told.',
      }),
  ),
});

/** Who asked for one record. Telling them is left to people, on the page: programs send nothing. */
export const recordCustomersOf = (kind: RecordKind) =>
  apiEndpoint({
    method: 'get',
    path: kind === 'bug' ? '/api/v1/bug-reports/:number/customers' : '/api/v1/feature-requests/:number/customers',
    scope: 'insights:read',
    tag: kind === 'bug' ? 'Bug reports' : 'Feature requests',
    summary: 'List the customers who asked',
    description:
      'Who wrote last comes first, at most 1000 conversations. Notes and replies to them are sent by people, on the page.',
    params: z.object({ number: positiveNumber('Of the record.') }),
    response: customersSchema,
    handler:
      ({ storage }) =>
      async ({ organizationId, params: { number } }) => {
        const record = await storage.issueRecords.get(organizationId, kind, number);
        if (!record) throw apiProblem('notFound');
        return { data: await recordCustomers(storage, record) };
      },
  });

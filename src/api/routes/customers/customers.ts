import { z } from 'zod';
import { CUSTOMER_STATES } from '../../../domain/customer-record.ts';
import { roleFor } from '../../../security/permissions.ts';
import { CustomersPage } from '../../../ui/index.ts';
import { CUSTOMERS_PATH } from '../../../ui/links.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { customerCursor, writeCustomerCursor } from '../../readers/customer-cursor.ts';
import { oneOf, queryText } from '../../readers/query-values.ts';
import { page } from '../../reply.ts';

const ROWS = 50;
const cursorText = z.string().min(1).max(1000).nullable().catch(null);

export const showCustomers = memberEndpoint({
  method: 'get',
  path: CUSTOMERS_PATH,
  access: roleFor('seeCustomers'),
  query: z.object({ q: queryText, state: oneOf(CUSTOMER_STATES), after: cursorText }),
  handler:
    ({ storage }) =>
    async ({ organizationId, query, shell }) => {
      const cursor = customerCursor(query.after);
      const filter = { emailPrefix: query.q, ...(query.state && { state: query.state }) };
      const [{ customers, next }, counts] = await Promise.all([
        storage.customers.list(organizationId, filter, { limit: ROWS, cursor }),
        storage.customers.counts(organizationId),
      ]);
      return page(
        CustomersPage({
          ...{ shell: await shell(), rows: customers, counts, next: writeCustomerCursor(next) },
          filter: { ...query, after: cursor ? query.after : null },
        }),
      );
    },
});

import { z } from 'zod';
import { roleFor } from '../../../security/permissions.ts';
import { CustomerPage } from '../../../ui/index.ts';
import { CUSTOMERS_PATH, customerHref } from '../../../ui/links.ts';
import { syncCustomerNow } from '../../commands/put-customer.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { notFound } from '../../errors.ts';
import { customerDetail } from '../../readers/customer-detail.ts';
import { page, redirect } from '../../reply.ts';

/** Addresses are looked up as they are: what is none cannot be found. */
const params = z.object({ email: z.string().trim().toLowerCase().min(3).max(254) });
const path = `${CUSTOMERS_PATH}/:email`;

/** Everything that is known of one address, also of people who only wrote. */
export const showCustomer = memberEndpoint({
  method: 'get',
  path,
  access: roleFor('seeCustomers'),
  params,
  handler:
    (deps) =>
    async ({ organizationId, params: { email }, shell }) => {
      const detail = await customerDetail(deps, organizationId, email);
      if (!detail) throw notFound();
      return page(CustomerPage({ shell: await shell(), email, ...detail }));
    },
});

/** Compares with Help Scout now, and sends what differs. */
export const syncNow = memberEndpoint({
  method: 'post',
  path: `${path}/sync`,
  access: roleFor('manageCustomers'),
  params,
  handler:
    (deps) =>
    async ({ organizationId, params: { email }, member }) => {
      const record = await deps.storage.customers.findByEmail(organizationId, email);
      const asked = record && (await syncCustomerNow(deps, organizationId, record.externalId, member.email));
      if (!asked) throw notFound();
      return redirect(customerHref(email), {
        kind: 'info',
        text:
          asked.state === 'waiting'
            ? 'The sync is noted and starts as soon as the part that does the work answers again.'
            : 'The sync is under way. The log below shows how it ends.',
      });
    },
});

import { z } from 'zod';
import { plainEmail } from '../../../domain/email.ts';
import { roleFor } from '../../../security/permissions.ts';
import { ErasePage, ReceiptPage, ReceiptProgress } from '../../../ui/index.ts';
import { ERASE_PATH } from '../../../ui/links.ts';
import { startErasure } from '../../commands/start-erasure.ts';
import type { Deps } from '../../deps.ts';
import { type Endpoint, type MemberVisit, memberEndpoint, publicEndpoint } from '../../endpoint.ts';
import { notFound } from '../../errors.ts';
import { emailField } from '../../forms.ts';
import { fragment, page, redirect } from '../../reply.ts';

const access = roleFor('eraseData');
const params = z.object({ erasureId: z.string().regex(/^[\w-]{43}$/) });

type Visit = Pick<MemberVisit<unknown, unknown>, 'organizationId' | 'shell'>;
type Errors = Record<string, string | undefined>;

async function erasePage(
  { storage }: Deps,
  visit: Visit,
  refused?: { errors: Errors; values?: { email: string; later: string } },
) {
  const erasures = await storage.erasures.list(visit.organizationId);
  return page(ErasePage({ shell: await visit.shell(), erasures, ...refused }), refused ? 422 : 200);
}

const showErase = memberEndpoint({
  method: 'get',
  path: ERASE_PATH,
  access,
  handler: (deps) => (visit) => erasePage(deps, visit),
});

const eraseCustomer = memberEndpoint({
  method: 'post',
  path: `${ERASE_PATH}/customer`,
  access,
  body: z.object({ email: emailField, again: z.string(), later: z.enum(['refuse', 'read']) }),
  handler: (deps) => async (visit) => {
    const { organizationId, member, body } = visit;
    const address = plainEmail(body.email);
    const refuse = (errors: Errors) =>
      erasePage(deps, visit, { errors, values: { email: body.email, later: body.later } });
    if (plainEmail(body.again) !== address) return refuse({ again: 'The two addresses are not the same.' });
    const members = await deps.storage.members.list(organizationId);
    if (members.some(({ email }) => plainEmail(email) === address)) {
      return refuse({ email: 'This is a member’s address. Remove the member first.' });
    }
    const erasureId = await startErasure(
      deps,
      { organizationId, memberId: member.memberId, by: member.email },
      { kind: 'customer', address, refusesLater: body.later === 'refuse' },
    );
    return redirect(`/erasures/${erasureId}`);
  },
  refused: (deps) => (visit) =>
    erasePage(deps, visit, {
      errors: visit.errors,
      values: { email: visit.sent.email ?? '', later: visit.sent.later ?? 'refuse' },
    }),
});

const eraseOrganization = memberEndpoint({
  method: 'post',
  path: `${ERASE_PATH}/organization`,
  access,
  body: z.object({ organizationName: z.string() }),
  handler: (deps) => async (visit) => {
    const { organizationId, organization, member, body } = visit;
    if (body.organizationName.trim() !== organization.name) {
      return erasePage(deps, visit, { errors: { organizationName: 'This is not the organization’s name.' } });
    }
    const erasureId = await startErasure(
      deps,
      { organizationId, memberId: member.memberId, by: member.email },
      { kind: 'organization' },
    );
    return redirect(`/erasures/${erasureId}`);
  },
  refused: (deps) => (visit) => erasePage(deps, visit, { errors: visit.errors }),
});

/** Public, since nobody of an erased organization can sign in: its id is as hard to guess as a key, and it tells of nobody. */
const showReceipt = publicEndpoint({
  method: 'get',
  path: '/erasures/:erasureId',
  access: 'public',
  params,
  handler:
    ({ storage }) =>
    async ({ params: { erasureId }, shell }) => {
      const erasure = await storage.erasures.get(erasureId);
      if (!erasure) throw notFound();
      return page(ReceiptPage({ shell: shell(), erasure }));
    },
});

const showReceiptProgress = publicEndpoint({
  method: 'get',
  path: '/erasures/:erasureId/progress',
  access: 'public',
  params,
  handler:
    ({ storage }) =>
    async ({ params: { erasureId } }) => {
      const erasure = await storage.erasures.get(erasureId);
      if (!erasure) throw notFound();
      return fragment(ReceiptProgress({ erasure }));
    },
});

export const eraseEndpoints: readonly Endpoint[] = [
  showErase,
  eraseCustomer,
  eraseOrganization,
  showReceipt,
  showReceiptProgress,
];

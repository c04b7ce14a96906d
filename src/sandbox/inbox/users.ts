import { z } from 'zod';
import { type Endpoint, idParam } from '../http/endpoint.ts';
import { notFound, parseInput, sendHal } from '../http/envelope.ts';
import { PAGE_SIZES } from '../http/page-sizes.ts';
import { halPage, pageOf } from '../http/paging.ts';
import type { InboxDeps } from './deps.ts';
import { idParameter, pageParameter } from './parameters.ts';
import { createUserJson } from './users-json.ts';

/** The only sign of the account; just `/users/me` has it. */
const COMPANY_ID = 4001;
const listSchema = z.object({ email: z.string().optional(), mailbox: idParameter.optional(), page: pageParameter });

export function userEndpoints(deps: InboxDeps, createdAtMs: number): Endpoint[] {
  const { store, baseUrl } = deps;
  const { directory } = store;
  const userJson = createUserJson(deps, createdAtMs);
  return [
    {
      method: 'GET',
      template: '/v2/users/me',
      handle(_request, response) {
        sendHal(response, { ...userJson(directory.owner()), companyId: COMPANY_ID });
      },
    },
    {
      method: 'GET',
      template: '/v2/users',
      handle(request, response) {
        const { email, mailbox, page } = parseInput(listSchema, request.query);
        // Every user works in every mailbox, so this filter lets all or nobody pass.
        const isMailboxThere =
          mailbox === undefined ||
          (directory.mailboxes.get(mailbox) !== undefined && store.conversations.hiddenMode(mailbox) === undefined);
        const users = directory.users
          .all()
          .filter((user) => isMailboxThere && (email === undefined || isSame(user.email, email)));
        sendHal(response, halPage(request, baseUrl, 'users', pageOf(users, page, PAGE_SIZES.others), userJson));
      },
    },
    {
      method: 'GET',
      template: '/v2/users/{id}',
      handle(request, response) {
        const user = directory.users.get(idParam(request));
        if (!user) throw notFound();
        sendHal(response, userJson(user));
      },
    },
  ];
}

const isSame = (one: string, other: string) => one.toLowerCase() === other.trim().toLowerCase();

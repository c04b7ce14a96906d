import { z } from 'zod';
import { roleFor } from '../../../security/permissions.ts';
import { WhatIfPage, WhatIfProgress, WhatIfsPage } from '../../../ui/index.ts';
import { WHAT_IF_PATH, whatIfHref } from '../../../ui/links.ts';
import { decideWhatIf, type WhatIfDecision } from '../../commands/decide-what-if.ts';
import { startWhatIf } from '../../commands/start-what-if.ts';
import { type Endpoint, memberEndpoint } from '../../endpoint.ts';
import { idParam } from '../../readers/query-values.ts';
import { findWhatIf, whatIfPage, whatIfQuery, whatIfsPage } from '../../readers/what-if-page.ts';
import { fragment, page, redirect } from '../../reply.ts';
import { whatIfForm } from './what-if-form.ts';

const access = roleFor('manageInsights');
const path = `${WHAT_IF_PATH}/:whatIfId`;
const params = z.object({ whatIfId: idParam });

const REFUSED = {
  changedSince: 'Somebody saved another version of the taxonomy meanwhile. Look at what changed, and try again.',
  empty: 'There are no classified conversations in this time.',
  underWay: 'Another what-if is under way. Wait for it, or stop it.',
} as const;

const showWhatIfs = memberEndpoint({
  method: 'get',
  path: WHAT_IF_PATH,
  access,
  handler:
    (deps) =>
    async ({ organizationId, shell }) =>
      page(WhatIfsPage(await whatIfsPage(deps, organizationId, await shell()))),
});

const beginWhatIf = memberEndpoint({
  method: 'post',
  path: WHAT_IF_PATH,
  access,
  body: whatIfForm,
  handler:
    (deps) =>
    async ({ organizationId, member, body, shell }) => {
      const started = await startWhatIf(deps, organizationId, member.email, body);
      if (started.kind === 'started') return redirect(whatIfHref(started.whatIfId));
      const errors = { form: REFUSED[started.kind] };
      return page(WhatIfsPage({ ...(await whatIfsPage(deps, organizationId, await shell())), errors }), 409);
    },
  refused:
    (deps) =>
    async ({ organizationId, errors, sent, shell }) =>
      page(WhatIfsPage(await whatIfsPage(deps, organizationId, await shell(), { errors, sent })), 422),
});

const showWhatIf = memberEndpoint({
  method: 'get',
  path,
  access,
  params,
  query: whatIfQuery,
  handler:
    (deps) =>
    async ({ organizationId, params: { whatIfId }, query, shell }) => {
      const whatIf = await findWhatIf(deps, organizationId, whatIfId);
      return page(WhatIfPage(await whatIfPage(deps, whatIf, query, shell)));
    },
});

const showWhatIfProgress = memberEndpoint({
  method: 'get',
  path: `${path}/progress`,
  access,
  params,
  query: whatIfQuery,
  handler:
    (deps) =>
    async ({ organizationId, params: { whatIfId }, query, quietShell }) => {
      const whatIf = await findWhatIf(deps, organizationId, whatIfId);
      return fragment(WhatIfProgress(await whatIfPage(deps, whatIf, query, quietShell)));
    },
});

const DONE: Record<WhatIfDecision, string> = {
  stop: 'Stopped. What it found so far is below; nothing was changed.',
  discard: 'Discarded. Everything is as it was.',
  publish: 'Publishing has begun. It is there for everybody at once, in a moment.',
  undo: 'Taking back has begun. What was before is there again in a moment.',
};
const decide = (decision: WhatIfDecision) =>
  memberEndpoint({
    method: 'post',
    path: `${path}/${decision}`,
    access,
    params,
    handler:
      (deps) =>
      async ({ organizationId, member, params: { whatIfId } }) => {
        const whatIf = await findWhatIf(deps, organizationId, whatIfId);
        const problem = await decideWhatIf(deps, whatIf, { decision, by: member.email });
        const text = problem ?? DONE[decision];
        return redirect(whatIfHref(whatIfId), { kind: problem ? 'error' : 'success', text });
      },
  });

export const whatIfEndpoints: readonly Endpoint[] = [
  showWhatIfs,
  beginWhatIf,
  showWhatIf,
  showWhatIfProgress,
  ...(['stop', 'discard', 'publish', 'undo'] as const).map(decide),
];

import { roleFor } from '../../../security/permissions.ts';
import { OperationsPage } from '../../../ui/index.ts';
import { OPERATIONS_PATH } from '../../../ui/links.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { operations } from '../../readers/operations.ts';
import { page } from '../../reply.ts';

/** Advanced diagnostics of the installation, over all organizations: for operators alone. */
export const showOperations = memberEndpoint({
  method: 'get',
  path: OPERATIONS_PATH,
  access: roleFor('diagnose'),
  handler:
    (deps) =>
    async ({ member, shell }) =>
      page(OperationsPage({ shell: await shell(), ...(await operations(deps, member)) })),
});

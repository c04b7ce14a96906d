import { roleFor } from '../../../security/permissions.ts';
import { CoveragePage } from '../../../ui/index.ts';
import { COVERAGE_PATH } from '../../../ui/links.ts';
import { memberEndpoint } from '../../endpoint.ts';
import { coverage } from '../../readers/coverage.ts';
import { page } from '../../reply.ts';

export const showCoverage = memberEndpoint({
  method: 'get',
  path: COVERAGE_PATH,
  access: roleFor('seeLog'),
  handler:
    (deps) =>
    async ({ organizationId, shell }) => {
      const { integrations } = await coverage(deps, organizationId);
      return page(CoveragePage({ shell: await shell(), integrations }));
    },
});

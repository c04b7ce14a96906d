import type { Integration } from '../../domain/integration.ts';
import { IntegrationPage } from '../../ui/index.ts';
import type { FieldErrors, IntegrationPageProps, Shell } from '../../ui/props.ts';
import { integrationWorkflowId } from '../../workflows/contract.ts';
import type { Deps } from '../deps.ts';
import { page, type Reply } from '../reply.ts';
import { temporalWebUrl } from '../temporal/web-link.ts';
import { integrationProgress } from './integration.ts';

/** The page of one integration; with `errors` it is the answer to a form that was refused. */
export async function integrationPage(
  deps: Deps,
  integration: Integration,
  shell: Shell,
  errors?: FieldErrors,
  sentDays?: IntegrationPageProps['sentDays'],
): Promise<Reply> {
  const temporalUrl = temporalWebUrl(deps.config, shell.member.role, integrationWorkflowId(integration.integrationId));
  const props = {
    ...(await integrationProgress(deps, integration, shell)),
    temporalUrl,
    usualWindowDays: deps.config.settings.scanWindowDays,
    collectionSyncs: await deps.storage.collectionSyncs.list(integration.organizationId, integration.integrationId),
    ...(errors && { errors }),
    ...(sentDays && { sentDays }),
  };
  return page(IntegrationPage(props), errors ? 422 : 200);
}

import { getClient, heartbeat } from '@temporalio/activity';
import { ScheduleNotFoundError, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { createNeedles } from '../domain/needles.ts';
import { DOORS, organizationParts } from '../storage/erasing/organization-data.ts';
import { customerScheduleId, disconnectUpdate, integrationWorkflowId } from '../workflows/contract.ts';
import type { EraseInput } from '../workflows/erase-contract.ts';
import type { ActivityDeps } from './deps.ts';
import { eraseCustomer } from './erase-customer.ts';
import { eraseHistories } from './erase-histories.ts';
import { createErasedCustomers } from './erased-customers.ts';
import { createErasurePlans } from './erasure-plan.ts';

/** Help Scout may take its time to remove a webhook; an organization is erased all the same. */
const DISCONNECT_MS = 60_000;

/** Erasing one customer or a whole organization, in steps that may each be repeated. */
export function createEraseActivities(deps: Pick<ActivityDeps, 'storage' | 'keyRing' | 'now'>) {
  const { storage, now } = deps;
  const plans = createErasurePlans(deps);
  const erased = createErasedCustomers(deps);
  const beat = () => heartbeat();

  /** Nobody signs in, nothing is received, no workflow runs: what is removed afterwards does not come back. */
  const closeOrganization = async ({ organizationId, erasureId }: EraseInput) => {
    const client = getClient();
    for (const part of organizationParts(storage.connection, organizationId)) {
      if (DOORS.some((door) => door === part.collection)) await storage.erase.remove(erasureId, part, beat);
    }
    await client.schedule
      .getHandle(customerScheduleId(organizationId))
      .delete()
      .catch((error: unknown) => {
        if (!(error instanceof ScheduleNotFoundError)) throw error;
      });
    for (const { integrationId, state } of await storage.integrations.list(organizationId)) {
      if (state === 'disconnected') continue;
      await client
        .withDeadline(Date.now() + DISCONNECT_MS, () =>
          client.workflow.getHandle(integrationWorkflowId(integrationId)).executeUpdate(disconnectUpdate),
        )
        .catch((error: unknown) => {
          // One that has ended, or refuses, is ended below; its webhook then reaches an address that is gone.
          if (error instanceof WorkflowNotFoundError || error instanceof WorkflowUpdateFailedError) return;
          throw error;
        });
      beat();
    }
    let ended = 0;
    for await (const { workflowId, runId, isOpen } of ownRuns(organizationId)) {
      if (!isOpen) continue;
      await client.workflow
        .getHandle(workflowId, runId)
        .terminate('The organization was erased.')
        .catch((error: unknown) => {
          if (!(error instanceof WorkflowNotFoundError)) throw error;
        });
      ended += 1;
      beat();
    }
    await storage.erasures.countEnded(erasureId, ended);
  };

  /** Runs that say by their attributes whose they are. */
  async function* ownRuns(organizationId: string) {
    const query = `OrganizationId = '${organizationId}'`;
    for await (const { workflowId, runId, type, status } of getClient().workflow.list({ query })) {
      if (type !== 'erase') yield { workflowId, runId, isOpen: status.name === 'RUNNING' };
    }
  }

  return {
    /** Closes the ways by which what is erased could come back, and finds out what there is to erase. */
    async openErasure(input: EraseInput): Promise<void> {
      const { organizationId, erasureId, kind } = input;
      if ((await storage.erasures.get(erasureId))?.state === 'waiting')
        await storage.erasures.enter(erasureId, 'running');
      if (kind === 'organization') return closeOrganization(input);
      const plan = await plans.extend(organizationId, erasureId, beat);
      if (plan) await erased.bury(organizationId, erasureId, plan);
    },

    /** Removes and changes documents. @returns how many were found */
    async eraseDocuments({ organizationId, erasureId, kind }: EraseInput): Promise<{ found: number }> {
      if (kind === 'customer') {
        const plan = await plans.extend(organizationId, erasureId, beat);
        if (!plan) return { found: 0 };
        await erased.bury(organizationId, erasureId, plan);
        return { found: await eraseCustomer(storage, { organizationId, erasureId }, plan, beat) };
      }
      let found = 0;
      for (const part of organizationParts(storage.connection, organizationId)) {
        found += await storage.erase.remove(erasureId, part, beat);
      }
      return { found };
    },

    /** Deletes histories that hold something. @returns how many did, and how many cannot be deleted yet */
    async eraseHistories({ organizationId, erasureId, kind }: EraseInput): Promise<{ found: number; left: number }> {
      const ofCustomer = async () => {
        const { has, hasAddress } = createNeedles(await plans.read(organizationId, erasureId));
        return { has, endsOpen: hasAddress };
      };
      const ofOrganization = {
        has: (text: string) => text.includes(organizationId),
        endsOpen: () => true,
      };
      const needles = kind === 'customer' ? await ofCustomer() : ofOrganization;
      const { ended, deleted, left } = await eraseHistories(organizationId, needles, {
        endsAll: kind === 'organization',
      });
      await storage.erasures.countEnded(erasureId, ended);
      await storage.erasures.countDeleted(erasureId, deleted);
      await storage.erasures.saveWaitsFor(erasureId, left);
      return { found: ended + deleted.length, left };
    },

    async settleErasure({ erasureId }: EraseInput): Promise<void> {
      await storage.erasures.enter(erasureId, 'settling');
    },

    /** The receipt stays; what was looked for is forgotten. */
    async finishErasure({ erasureId }: EraseInput): Promise<void> {
      await storage.erasures.finish(erasureId, now());
    },
  };
}

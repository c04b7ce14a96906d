import { ApplicationFailure } from '@temporalio/common';
import { STALE_WHAT_IF, type WhatIf } from '../domain/what-if.ts';
import { editionKey } from '../storage/editions.ts';
import { createOrUpdateRecords } from '../storage/record-updates.ts';
import { recountPatterns } from '../storage/recount-patterns.ts';
import type { SwitchEditionInput } from '../workflows/contract.ts';
import type { ActivityDeps } from './deps.ts';
import { applyWhatIf } from './what-if-apply.ts';
import { putWayInForce, takeWayBack } from './what-if-way-in-force.ts';

const stale = () => ApplicationFailure.nonRetryable(STALE_WHAT_IF, 'staleWhatIf');

/** Putting what a what-if came to in force, and taking it back. Each may be interrupted and repeated. */
export function createEditionActivities({ storage, now }: Pick<ActivityDeps, 'storage' | 'now'>) {
  const load = async ({ organizationId, whatIfId }: SwitchEditionInput): Promise<WhatIf> => {
    const whatIf = await storage.whatIfs.get(organizationId, whatIfId);
    if (!whatIf) throw stale();
    return whatIf;
  };
  const ways = ({ organizationId, base, whatIfId }: WhatIf) => {
    const [former, own] = [editionKey(organizationId, base), editionKey(organizationId, whatIfId)];
    return {
      out: { organizationId, from: former, to: own },
      back: { organizationId, from: own, to: former },
    };
  };
  const note = (whatIf: WhatIf, by: string, action: string) =>
    storage.auditTrail.record(whatIf.organizationId, {
      ...{ at: now(), by, action, target: `what-if ${whatIf.whatIfId}` },
      details: whatIf.changes.join(', ').slice(0, 1000),
    });

  async function publish(whatIf: WhatIf, by: string): Promise<void> {
    const { organizationId, whatIfId, base } = whatIf;
    const editions = await storage.editions.get(organizationId);
    if (editions.current === whatIfId) return;
    if (editions.current !== base) throw stale();
    const touched = await storage.editionCopies.carry(ways(whatIf).out, { toWins: false });
    await recountPatterns(storage.edition(whatIfId), organizationId, touched);
    if (editions.previous !== null) {
      // Of three editions the oldest goes; from here on nobody can ask for it.
      await storage.editions.put(organizationId, { current: base, previous: null }, editions);
      await storage.editionCopies.remove(organizationId, editionKey(organizationId, editions.previous));
    }
    await putWayInForce(storage, whatIf, by, now());
    const before = await storage.editions.get(organizationId);
    const isIn = await storage.editions.put(organizationId, { current: whatIfId, previous: base }, before);
    if (!isIn) throw stale();
    await note(whatIf, by, 'published a what-if');
  }

  async function undo(whatIf: WhatIf, by: string): Promise<void> {
    const { organizationId, whatIfId, base } = whatIf;
    const editions = await storage.editions.get(organizationId);
    if (editions.current === base) return;
    if (editions.current !== whatIfId || editions.previous !== base) throw stale();
    const touched = await storage.editionCopies.carry(ways(whatIf).back, { toWins: false });
    await recountPatterns(storage.edition(base), organizationId, touched);
    await takeWayBack(storage, whatIf, by, now());
    if (!(await storage.editions.put(organizationId, { current: base, previous: null }, editions))) throw stale();
    await note(whatIf, by, 'took back a what-if');
  }

  return {
    /** Makes the edition of a what-if, aside: a copy of the one in force, with what the what-if came to. */
    async prepareEdition(input: SwitchEditionInput): Promise<void> {
      const whatIf = await load(input);
      const { organizationId, whatIfId, base, taxonomyVersion } = whatIf;
      const [{ current }, taxonomy] = await Promise.all([
        storage.editions.get(organizationId),
        storage.taxonomies.current(organizationId),
      ]);
      if (current === whatIfId) return;
      if (current !== base || taxonomy.version !== taxonomyVersion) throw stale();
      const { out, back } = ways(whatIf);
      await storage.editionCopies.copy(out);
      await applyWhatIf(storage, { organizationId, whatIfId });
      await storage.editionCopies.mark(back);
    },

    /** The one step that everybody sees. */
    async putEdition(input: SwitchEditionInput): Promise<void> {
      const whatIf = await load(input);
      const { organizationId, whatIfId } = whatIf;
      const decided = { decidedBy: input.by, problem: '', endedAt: now() };
      await (input.step === 'publish' ? publish : undo)(whatIf, input.by);
      await storage.whatIfs.change(organizationId, whatIfId, ['publishing', 'undoing'], decided);
    },

    /** Carries over what was still written to the former edition while the other was put in force. */
    async settleEdition(input: SwitchEditionInput): Promise<void> {
      const whatIf = await load(input);
      const { organizationId, whatIfId } = whatIf;
      if (!(await isInForce(input, whatIf))) return;
      const { out, back } = ways(whatIf);
      const isPublished = input.step === 'publish';
      const touched = await storage.editionCopies.carry(isPublished ? out : back, { toWins: true });
      await recountPatterns(storage, organizationId, touched);
      if (!isPublished) await storage.editionCopies.remove(organizationId, out.to);
      else {
        const concerned = [...touched, ...(await storage.whatIfs.patternIds(organizationId, whatIfId))];
        // Publishing can be taken back, a report that people work on cannot: they are asked first, whatever the setting.
        await createOrUpdateRecords(storage, organizationId, [...new Set(concerned)], { records: 'approval' }, now());
      }
      await end(input);
    },

    /** Says what is in force when something failed: before the one step everything is as it was. */
    async failEdition(input: SwitchEditionInput): Promise<void> {
      const whatIf = await load(input);
      const { organizationId, whatIfId } = whatIf;
      if (await isInForce(input, whatIf)) return end(input);
      if (input.step === 'publish') {
        await storage.editionCopies.remove(organizationId, editionKey(organizationId, whatIfId));
        await storage.whatIfs.change(organizationId, whatIfId, ['publishing'], {
          state: 'ready',
          problem: STALE_WHAT_IF,
        });
        return;
      }
      const problem = 'It could not be taken back.';
      await storage.whatIfs.change(organizationId, whatIfId, ['undoing'], { state: 'published', problem });
    },
  };

  async function isInForce({ organizationId, whatIfId, step }: SwitchEditionInput, { base }: WhatIf): Promise<boolean> {
    return (await storage.editions.get(organizationId)).current === (step === 'publish' ? whatIfId : base);
  }

  async function end({ organizationId, whatIfId, step }: SwitchEditionInput): Promise<void> {
    const state = step === 'publish' ? 'published' : 'undone';
    await storage.whatIfs.change(organizationId, whatIfId, ['publishing', 'undoing'], { state });
  }
}

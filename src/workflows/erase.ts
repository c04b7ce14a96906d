import { sleep } from '@temporalio/workflow';
import { eraser } from './activity-profiles.ts';
import type { EraseInput } from './erase-contract.ts';

/** Between two looks: Temporal takes a while to delete what has just ended, and some workflows take minutes to end. */
const LOOK_AGAIN_MS = { first: 1_000, longest: 8_000 };

/**
 * Erases a customer, or a whole organization: closes the ways in, removes what is found until nothing is, waits until
 * nothing that was under way can write any more, looks again, and ends with a receipt. Every step may be repeated.
 */
export async function erase(input: EraseInput): Promise<void> {
  await eraser.openErasure(input);
  await eraseUntilNothingIsFound(input);
  await eraser.settleErasure(input);
  await sleep(input.settleMs);
  await eraser.openErasure(input);
  await eraseUntilNothingIsFound(input);
  await eraser.finishErasure(input);
}

async function eraseUntilNothingIsFound(input: EraseInput): Promise<void> {
  for (let waitMs = LOOK_AGAIN_MS.first; ; waitMs = Math.min(2 * waitMs, LOOK_AGAIN_MS.longest)) {
    const documents = await eraser.eraseDocuments(input);
    const histories = await eraser.eraseHistories(input);
    if (documents.found === 0 && histories.found === 0 && histories.left === 0) return;
    if (histories.found > 0 || histories.left > 0) await sleep(waitMs);
  }
}

import { sleep } from '@temporalio/workflow';
import { eraser } from './activity-profiles.ts';
import type { EraseInput } from './erase-contract.ts';

/** Between two looks while workflows that cannot be ended still hold something. */
const LOOK_AGAIN_MS = 15_000;

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
  for (;;) {
    const documents = await eraser.eraseDocuments(input);
    const histories = await eraser.eraseHistories(input);
    if (documents.found === 0 && histories.found === 0 && histories.left === 0) return;
    if (histories.found > 0 || histories.left > 0) await sleep(histories.left > 0 ? LOOK_AGAIN_MS : 1_000);
  }
}

import { withStorage } from '../installation.ts';
import { verifyDecisions } from './verify.ts';

/**
 * `npm run decisions:verify`: builds every insight again from the record of its decision and the stored conversation,
 * without any model, and compares. Works on the local stack while it runs, or on what MONGODB_URI names. Ends with 1
 * when an insight differs.
 */
await withStorage(async (storage) => {
  for (const { organizationId, name } of await storage.organizations.list()) {
    const { insights, equal, corrected, outdated, withoutDecision, differences } = await verifyDecisions(
      storage,
      organizationId,
    );
    for (const { conversationId, issue, fields } of differences) {
      console.log(`differs: conversation ${conversationId}, issue ${issue} (${fields.join(', ')})`);
    }
    console.log(
      `${name}: ${insights} insights, ${equal} built again as they are (${corrected} of them corrected by people), ` +
        `${differences.length} different, ${outdated} with newer content that waits to be classified, ` +
        `${withoutDecision} older than records of decisions.`,
    );
    if (differences.length > 0) process.exitCode = 1;
  }
});

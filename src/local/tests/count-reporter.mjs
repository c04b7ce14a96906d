import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** Mocha's spec output, and the counts as JSON in the file named by the reporter option `output`. */
export default class CountReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const skipped = [];
    runner.on('pending', (test) => skipped.push(test.fullTitle()));
    runner.once('end', () => {
      const { passes, failures, pending } = runner.stats;
      const counts = { passed: passes, failed: failures, skipped: pending, skippedTitles: skipped };
      writeFileSync(options.reporterOptions.output, JSON.stringify(counts));
    });
  }
}

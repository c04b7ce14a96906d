import { stopAll } from '../sandbox/support.ts';
import { scanUnderDrift } from './scan-under-drift.ts';

describe('scanning a busy account', function () {
  this.timeout(300_000);
  afterEach(stopAll);

  it('ends with all of 10,000 and their last threads, while they come, change and go and calls fail', () =>
    scanUnderDrift(10_000, { mostPerThousand: 45 }));
});

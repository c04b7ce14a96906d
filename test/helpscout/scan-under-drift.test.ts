import { stopAll } from '../sandbox/support.ts';
import { scanUnderDrift } from './scan-under-drift.ts';

describe('scanning a busy account', function () {
  this.timeout(60_000);
  afterEach(stopAll);

  it('ends with all of 1,500 and their last threads, while they come, change and go and calls fail', () =>
    scanUnderDrift(1500, { mostPerThousand: 50 }));
});

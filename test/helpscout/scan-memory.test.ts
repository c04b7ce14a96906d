import { scanWithinMemory } from './scan-memory.ts';

describe('scanning a large account', function () {
  this.timeout(90_000);

  it('takes flat memory on either side for 2,000 conversations', () => scanWithinMemory(2000));
});

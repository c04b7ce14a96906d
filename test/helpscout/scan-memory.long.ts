import { scanWithinMemory } from './scan-memory.ts';

describe('scanning a large account', () => {
  it('takes flat memory on either side for 100,000 conversations', () => scanWithinMemory(100_000));
});

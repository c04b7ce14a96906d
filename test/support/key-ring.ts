import { createKeyRing } from '../../src/security/key-ring.ts';

/** A key ring for tests: its one key is the same in each. */
export const testKeyRing = () => createKeyRing(`k1:${Buffer.alloc(32, 7).toString('base64')}`);

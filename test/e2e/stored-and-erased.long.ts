import { describeStoredAndErased } from './stored-and-erased.ts';

describeStoredAndErased({ survives: true });

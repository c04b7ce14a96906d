import { connectStorage, type Storage } from '../../src/storage/storage.ts';
import { type Databases, useMongodb } from './mongodb.ts';
import { shared } from './shared.ts';

/** Storage with a database of their own for the tests of the surrounding `describe`. */
export function useStorage(mongodb: Databases = useMongodb()): Storage {
  return shared(async (thenStop) => {
    const storage = await connectStorage(mongodb.newDatabase());
    thenStop(() => storage.close());
    thenStop(() => storage.connection.dropDatabase());
    return storage;
  });
}

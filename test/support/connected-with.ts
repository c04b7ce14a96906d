import type { Connections } from '../../src/activities/connections.ts';
import { toApplicationFailure } from '../../src/activities/failures.ts';
import type { HelpScoutClient } from '../../src/helpscout/client.ts';

/** Activities' way to Help Scout with a client that a test made; what it refuses is told as the product tells it. */
export const connectedWith = (client: HelpScoutClient): Pick<Connections, 'withHelpScout'> => ({
  withHelpScout: async (_scope, work) => {
    try {
      return await work(client);
    } catch (error) {
      throw toApplicationFailure(error);
    }
  },
});

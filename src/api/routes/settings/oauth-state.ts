import { randomToken } from '../../../security/tokens.ts';

/** A new OAuth state: random, and for renewed access with the connection it is for. Only its hash is stored. */
export const writeState = (integrationId?: string): string =>
  integrationId ? `${randomToken()}.${integrationId}` : randomToken();

/** The connection that a state asks new access for; trust it only once the state's hash was found. */
export const integrationOf = (state: string): string | undefined => state.split('.', 2)[1];

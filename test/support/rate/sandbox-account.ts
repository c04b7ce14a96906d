import { z } from 'zod';
import type { SwitchesPatch } from '../../../src/sandbox/switches-schema.ts';
import { signIn, start } from '../../sandbox/support.ts';
import type { CountedCall } from './measure-rate.ts';

const journalSchema = z.array(
  z.object({ seq: z.number(), at: z.iso.datetime(), template: z.string().optional(), status: z.number().nullable() }),
);

/** The sandbox's account, with every call as its journal has it. `stopAll` of the sandbox's tests stops it. */
export async function sandboxAccount(rateLimit: NonNullable<SwitchesPatch['rateLimit']>) {
  const sandbox = await start();
  const { access_token: accessToken } = await signIn(sandbox);
  await fetch(`${sandbox.url}/_control/switches`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rateLimit }),
  });
  return {
    apiUrl: sandbox.url,
    accessToken,
    async calls(): Promise<CountedCall[]> {
      const journal = await (await fetch(`${sandbox.url}/_control/journal?kind=request`)).json();
      return journalSchema
        .parse(journal)
        .filter(({ template }) => template === '/v2/users/me')
        .map(({ at, status }) => ({ atMs: Date.parse(at), allowed: status === 200 }));
    },
  };
}

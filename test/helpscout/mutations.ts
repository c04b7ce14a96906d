import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { z } from 'zod';
import { HelpScoutError } from '../../src/helpscout/errors.ts';
import { createRandom } from '../../src/sandbox/corpus/prng.ts';
import { mutate, PLANTED } from './mutate.ts';
import { REPLY_SHAPES, type ReplyShape, readersOf } from './reply-shapes.ts';

const seed = Number(process.env.MUTATION_SEED ?? 20260301);
/** Of each shape's; the others go the same way, without a socket. */
const OVER_A_SOCKET = 200;

/** Words of the sample that no message may have: names, addresses, texts, times, secrets. */
function wordsOf(sample: unknown): string[] {
  if (typeof sample === 'string') return sample.length >= 4 && /[^\w.[\]/-]/.test(sample) ? [sample] : [];
  return typeof sample === 'object' && sample !== null ? Object.values(sample).flatMap(wordsOf) : [];
}

/** Holds every reply shape to so many mutations of it, the same ones each time, and prints what came of them. */
export function describeMutations(mutations: number): void {
  describe('replies that are not what the reference says', function () {
    this.timeout(30_000 + 30 * mutations);
    /** The first answer is the mutated one; further ones, of lists that seem to go on, are as they should be. */
    let answers: { status: number; body: string }[] = [];
    const nextAnswer = () => (answers.length > 1 ? answers.shift() : answers[0]) ?? { status: 500, body: '' };
    const prepare = ({ sample, status = 200 }: ReplyShape, body: string) => {
      answers = [
        { status, body },
        { status, body: JSON.stringify(sample) },
      ];
    };

    let server: Server;
    let readers: ReturnType<typeof readersOf>;
    const realFetch = globalThis.fetch;
    const { stackTraceLimit } = Error;

    before(async () => {
      console.log(`      seed ${seed}`);
      // Two hundred thousand errors: without stacks and compiled schemas they take seconds, not a minute.
      Error.stackTraceLimit = 0;
      z.config({ jitless: true });
      server = createServer((_request, response) => {
        const { status, body } = nextAnswer();
        response.writeHead(status, { 'content-type': 'application/hal+json' }).end(body);
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      readers = readersOf(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`);
    });

    afterEach(() => {
      globalThis.fetch = realFetch;
    });

    after(async () => {
      Error.stackTraceLimit = stackTraceLimit;
      z.config({ jitless: false });
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    });

    /** @returns whether a value came of it. */
    async function check(shape: ReplyShape, body: string, words: readonly string[]): Promise<boolean> {
      prepare(shape, body);
      try {
        shape.gives.parse(await shape.read(readers));
        return true;
      } catch (error) {
        assert.ok(error instanceof HelpScoutError, `${String(error)}\nof ${body.slice(0, 2000)}`);
        const said = `${error.message} ${String(error.cause ?? '')}`;
        for (const word of [PLANTED, ...words]) assert.ok(!said.includes(word), `${said}\nhas ${word}`);
        return false;
      }
    }

    async function checkMany(shape: ReplyShape, count: number): Promise<void> {
      const random = createRandom(seed);
      const words = wordsOf(shape.sample);
      const sample = JSON.stringify(shape.sample);
      let values = 0;
      for (let index = 0; index < count; index++) if (await check(shape, mutate(sample, random), words)) values++;
      console.log(`      ${values} values, ${count - values} errors`);
      assert.ok(count - values > count / 100, 'the mutations do not reach what is read');
    }

    for (const [name, shape] of Object.entries(REPLY_SHAPES)) {
      it(`give a value or a typed error: ${name}, ${mutations} mutations`, async () => {
        const isRefused = (shape.status ?? 200) >= 400;
        assert.equal(await check(shape, JSON.stringify(shape.sample), wordsOf(shape.sample)), !isRefused);
        await checkMany(shape, OVER_A_SOCKET);
        globalThis.fetch = async () => {
          const { status, body } = nextAnswer();
          return new Response(body, { status });
        };
        await checkMany(shape, mutations - OVER_A_SOCKET);
      });
    }
  });
}

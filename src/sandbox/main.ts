import pino from 'pino';
import { readSandboxConfig, SandboxConfigError } from './config.ts';
import type { Corpus } from './corpus/corpus-line.ts';
import { CorpusFileError, readCorpusFile } from './read-corpus.ts';
import { createSandbox } from './sandbox.ts';
import { referenceTimeMs } from './store/reference-time.ts';
import { CorpusMismatchError } from './store/store.ts';

/** Exit code for what the person who starts the sandbox has to correct. */
const EXIT_USAGE = 2;

/**
 * The corpus of the file, with the built-in Docs articles; without a file the built-in corpus, of which a generated account
 * needs only the articles.
 */
async function loadCorpus(file: string | undefined, isGenerated: boolean, referenceMs: number): Promise<Corpus> {
  // The file first: what is wrong with it should be said without making a corpus for nothing.
  const conversations = file === undefined ? undefined : await readCorpusFile(file);
  const { generateCorpus } = await import('./corpus/generate.ts');
  const builtIn = generateCorpus({ now: new Date(referenceMs) });
  if (conversations !== undefined) return { ...builtIn, conversations };
  return isGenerated ? { ...builtIn, conversations: [] } : builtIn;
}

async function main(): Promise<void> {
  const { corpusFile, ...config } = readSandboxConfig(process.env);
  const isGenerated = (config.generatedConversations ?? 0) > 0;
  const corpus = await loadCorpus(corpusFile, isGenerated, referenceTimeMs(config.dataDir, Date.now));
  const logger = pino({ name: 'sandbox', level: 'warn' }, pino.destination(2));
  const sandbox = await createSandbox({ ...config, corpus, logger });
  console.log(`Help Scout sandbox listening on ${sandbox.url} (${sandbox.conversations} conversations)`);

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      sandbox.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

main().catch((error: unknown) => {
  const isUsage =
    error instanceof CorpusFileError || error instanceof SandboxConfigError || error instanceof CorpusMismatchError;
  console.error(error instanceof Error ? error.message : 'The sandbox could not start.');
  process.exit(isUsage ? EXIT_USAGE : 1);
});

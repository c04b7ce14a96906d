import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { createPayloadCodec } from './payload-codec.ts';

/** The SDK loads it by its path, into workers and into the bundle of workflow code; a `.js` file after a build. */
const failureConverterPath = fileURLToPath(
  new URL(`./failure-converter.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url),
);

/** How every client and worker of ours writes to Temporal. @throws InvalidKeys */
export const createDataConverter = (encryptionKeys: string): DataConverter => ({
  payloadCodecs: [createPayloadCodec(encryptionKeys)],
  failureConverterPath,
});

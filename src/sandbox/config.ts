import { z } from 'zod';

const environmentSchema = z
  .object({
    SANDBOX_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
    SANDBOX_HOST: z.string().min(1).default('127.0.0.1'),
    SANDBOX_PUBLIC_URL: z
      .url({ protocol: /^https?$/ })
      .transform((url) => url.replace(/\/+$/, ''))
      .optional(),
    SANDBOX_DATA_DIR: z.string().min(1).optional(),
    SANDBOX_CORPUS: z.string().min(1).optional(),
    SANDBOX_APP_ID: z.string().min(1),
    SANDBOX_APP_SECRET: z.string().min(1),
    SANDBOX_REDIRECT_URL: z.url({ protocol: /^https?$/ }),
    SANDBOX_DOCS_API_KEY: z.string().min(1),
    SANDBOX_RATE_LIMIT: z.coerce.number().int().positive().optional(),
    SANDBOX_GENERATED: z.coerce.number().int().nonnegative().max(1_000_000).optional(),
  })
  .transform((env) => ({
    port: env.SANDBOX_PORT,
    host: env.SANDBOX_HOST,
    publicUrl: env.SANDBOX_PUBLIC_URL,
    dataDir: env.SANDBOX_DATA_DIR,
    corpusFile: env.SANDBOX_CORPUS,
    appId: env.SANDBOX_APP_ID,
    appSecret: env.SANDBOX_APP_SECRET,
    redirectUrl: env.SANDBOX_REDIRECT_URL,
    docsApiKey: env.SANDBOX_DOCS_API_KEY,
    rateLimitPerMinute: env.SANDBOX_RATE_LIMIT,
    generatedConversations: env.SANDBOX_GENERATED,
  }));

export type SandboxConfig = z.infer<typeof environmentSchema>;

/** The settings of the sandbox's process are wrong; the message names the variables, never their values. */
export class SandboxConfigError extends Error {
  override name = 'SandboxConfigError';
}

/** Reads the environment. An empty variable counts as absent. */
export function readSandboxConfig(env: NodeJS.ProcessEnv): SandboxConfig {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = environmentSchema.safeParse(present);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new SandboxConfigError(`The sandbox's settings are not valid. ${problems.join('; ')}`);
}

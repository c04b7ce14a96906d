import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65535);
const url = z.url().transform((value) => value.replace(/\/$/, ''));
/** An empty variable (as docker compose passes for an unset one) counts as not set. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const environmentSchema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  PUBLIC_URL: optional(url),
  TRUST_PROXY: z.coerce.number().int().min(0).default(0),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),

  TEMPORAL_ADDRESS: z.string().default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  TEMPORAL_UI_URL: url.default('http://127.0.0.1:8233'),
  MONGODB_URI: z.string().default('mongodb://127.0.0.1:27017/helpscout-insights'),

  HELPSCOUT_APP_ID: optional(z.string()),
  HELPSCOUT_APP_SECRET: optional(z.string()),
  HELPSCOUT_API_URL: url.default('https://api.helpscout.net'),
  HELPSCOUT_SECURE_URL: url.default('https://secure.helpscout.net'),
  HELPSCOUT_DOCS_URL: url.default('https://docsapi.helpscout.net'),
  /** Summary of Help Scout's status page, as JSON of Atlassian Statuspage. */
  HELPSCOUT_STATUS_URL: url.default('https://status.helpscout.com/api/v2/summary.json'),
  /** Set by the local stack when the sandbox plays Help Scout: pages then say so and link to it. */
  SANDBOX_URL: optional(url),

  /** `smtp://user:password@host:587` or `smtps://`; with MAIL_FROM, notifications can be sent by e-mail. */
  SMTP_URL: optional(z.url({ protocol: /^smtps?$/ })),
  MAIL_FROM: optional(z.string().regex(/^[^\r\n]*@[^\r\n]+$/, 'expected an e-mail address')),

  ANTHROPIC_API_KEY: optional(z.string()),
  ANTHROPIC_BASE_URL: optional(url),
  ANTHROPIC_MODEL: z.string().default('claude-sonnet-4-6'),

  /** `id:base64,id:base64`, 32 bytes each; the first encrypts, all of them decrypt. */
  ENCRYPTION_KEYS: z.string().min(1),
  SESSION_SECRET: z.string().min(32),

  SCAN_WINDOW_DAYS: z.coerce.number().int().positive().default(90),
  QUIET_SECONDS: z.coerce.number().positive().default(30),
  QUIET_MAX_SECONDS: z.coerce.number().positive().default(120),
  RECONCILE_MINUTES: z.coerce.number().positive().default(15),
  /** Help Scout does not say how far its search lags behind; its status page has told of minutes. */
  HELPSCOUT_SEARCH_LAG_SECONDS: z.coerce.number().positive().default(180),
  /** Ours is kept by the machine's time service, hopefully; nobody knows how Help Scout's is. */
  HELPSCOUT_CLOCK_DIFFERENCE_SECONDS: z.coerce.number().nonnegative().default(600),
  HELPSCOUT_CALLS_PER_MINUTE: z.coerce.number().int().positive().default(200),
  FORM_SUBMISSIONS_PER_MINUTE: z.coerce.number().int().positive().default(30),
  API_CALLS_PER_MINUTE: z.coerce.number().int().positive().default(600),

  /** Where each process offers /metrics, /livez and /readyz to the installation's own network; 0: nowhere. */
  METRICS_HOST: z.string().default('127.0.0.1'),
  METRICS_PORT: port.default(0),
  /** OTLP over HTTP, without `/v1/traces`; absent: nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(url),
  /** How long the web app goes on serving after it said that it is not ready: until a load balancer has noticed. */
  SHUTDOWN_DRAIN_SECONDS: z.coerce.number().nonnegative().default(0),
  /** Both set: the worker takes part in Temporal's worker versioning. */
  WORKER_DEPLOYMENT_NAME: optional(z.string()),
  WORKER_BUILD_ID: optional(z.string()),
  /** A folder in which workers keep the bundled workflow code for those that follow; it must not outlive the sources. */
  WORKFLOW_BUNDLES: optional(z.string()),
});

/** A setting is missing or wrong; `message` names each variable and what it should be, never its value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the settings of api and worker from environment variables (README, "Configuration"), once per process.
 * @throws ConfigError naming every variable that is missing or malformed.
 */
export function loadConfig(environment: Record<string, string | undefined>) {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`These environment variables need attention:\n${lines.join('\n')}`);
  }
  const env = parsed.data;
  const publicUrl = env.PUBLIC_URL ?? `http://${env.HOST}:${env.PORT}`;
  return {
    host: env.HOST,
    port: env.PORT,
    publicUrl,
    /** Number of proxies in front, for client addresses and `Secure` cookies. */
    trustProxy: env.TRUST_PROXY,
    logLevel: env.LOG_LEVEL,
    temporal: { address: env.TEMPORAL_ADDRESS, namespace: env.TEMPORAL_NAMESPACE, uiUrl: env.TEMPORAL_UI_URL },
    mongodbUri: env.MONGODB_URI,
    helpScout: {
      appId: env.HELPSCOUT_APP_ID ?? '',
      appSecret: env.HELPSCOUT_APP_SECRET ?? '',
      apiUrl: env.HELPSCOUT_API_URL,
      secureUrl: env.HELPSCOUT_SECURE_URL,
      docsUrl: env.HELPSCOUT_DOCS_URL,
      statusUrl: env.HELPSCOUT_STATUS_URL,
      callsPerMinute: env.HELPSCOUT_CALLS_PER_MINUTE,
      searchLagMs: env.HELPSCOUT_SEARCH_LAG_SECONDS * 1000,
      clockDifferenceMs: env.HELPSCOUT_CLOCK_DIFFERENCE_SECONDS * 1000,
    },
    sandboxUrl: env.SANDBOX_URL ?? null,
    anthropic: env.ANTHROPIC_API_KEY
      ? { apiKey: env.ANTHROPIC_API_KEY, baseUrl: env.ANTHROPIC_BASE_URL ?? null, model: env.ANTHROPIC_MODEL }
      : null,
    /** Null: this installation sends no e-mail itself. */
    mail: env.SMTP_URL && env.MAIL_FROM ? { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM } : null,
    encryptionKeys: env.ENCRYPTION_KEYS,
    sessionSecret: env.SESSION_SECRET,
    /** From one network address, through one contact form. */
    formSubmissionsPerMinute: env.FORM_SUBMISSIONS_PER_MINUTE,
    /** Of one API key, or one member, at our own API. */
    apiCallsPerMinute: env.API_CALLS_PER_MINUTE,
    /** Null: no /metrics. */
    metrics: env.METRICS_PORT === 0 ? null : { host: env.METRICS_HOST, port: env.METRICS_PORT },
    tracing: env.OTEL_EXPORTER_OTLP_ENDPOINT ? { endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT } : null,
    drainMs: env.SHUTDOWN_DRAIN_SECONDS * 1000,
    /** Which version of the workflows a worker runs; null: without worker versioning. */
    deployment:
      env.WORKER_DEPLOYMENT_NAME && env.WORKER_BUILD_ID
        ? { deploymentName: env.WORKER_DEPLOYMENT_NAME, buildId: env.WORKER_BUILD_ID }
        : null,
    /** Null: each worker bundles the workflow code when it starts. */
    bundleFolder: env.WORKFLOW_BUNDLES ?? null,
    settings: {
      scanWindowDays: env.SCAN_WINDOW_DAYS,
      quietMs: env.QUIET_SECONDS * 1000,
      quietMaxMs: env.QUIET_MAX_SECONDS * 1000,
      reconcileMs: env.RECONCILE_MINUTES * 60_000,
    },
  };
}
export type Config = ReturnType<typeof loadConfig>;

import { parseArgs } from 'node:util';

export interface ChaosOptions {
  /** Of everything that is left to chance: the same one plans the same kills, traffic and faults. */
  seed: number;
  /** How long there is traffic and killing; starting before and settling after come on top. */
  minutes: number;
  /** Of the account when the scan begins. */
  conversations: number;
  /** Times that something happens at Help Scout, or is sent to it. */
  perSecond: number;
  /** Processes killed, spread over the whole time. */
  kills: number;
  /** How often the integration looks for what webhooks did not tell. */
  reconcileMinutes: number;
  /** How long everything may take to settle once it is quiet. */
  settleMinutes: number;
  /** Told how it goes, in lines for people. */
  say: (line: string) => void;
  /** Ends it early, without a report and with nothing left running. */
  signal?: AbortSignal;
}

const KILLS_PER_MINUTE = 4;

const numberOf = (name: string, text: string | undefined, otherwise: number): number => {
  const value = text === undefined ? otherwise : Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new Error(`--${name} has to be a number, not ${text}.`);
};

/**
 * Reads `--seed`, `--minutes`, `--conversations`, `--per-second`, `--kills`, `--reconcile` and `--settle` (minutes);
 * a seed of its own where none is named.
 */
export function readChaosOptions(args: string[]): Omit<ChaosOptions, 'say' | 'signal'> {
  const text = { type: 'string' } as const;
  const options = {
    seed: text,
    minutes: text,
    conversations: text,
    'per-second': text,
    kills: text,
    reconcile: text,
    settle: text,
  };
  const { values } = parseArgs({ args, options });
  const minutes = numberOf('minutes', values.minutes, 20);
  return {
    seed: numberOf('seed', values.seed, Math.floor(Math.random() * 1_000_000)),
    minutes,
    conversations: numberOf('conversations', values.conversations, 5_000),
    perSecond: numberOf('per-second', values['per-second'], 5),
    kills: numberOf('kills', values.kills, Math.ceil(minutes * KILLS_PER_MINUTE)),
    reconcileMinutes: numberOf('reconcile', values.reconcile, 2),
    settleMinutes: numberOf('settle', values.settle, 15),
  };
}

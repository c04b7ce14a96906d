/**
 * Where one of an account's windows begins, in epoch milliseconds of our clock: after `earliestMs`, at `latestMs` at
 * the latest. Help Scout's minute need not begin with ours, and no page says where it does, so it is learned.
 */
export interface WindowBounds {
  earliestMs: number;
  latestMs: number;
}

/** What an answer told: the units used in Help Scout's window, itself among them, some time while it was under way. */
export interface Observation {
  used: number;
  sentAtMs: number;
  receivedAtMs: number;
}

/**
 * When the window that `nowMs` lies in began; with the clock's minute, as long as nothing is known. The latest possible
 * beginning counts: a new window's room is then never handed out while Help Scout still counts the old one.
 */
export function windowStartMs(bounds: WindowBounds | null, windowMs: number, nowMs: number): number {
  const latestMs = bounds?.latestMs ?? 0;
  return latestMs + Math.floor((nowMs - latestMs) / windowMs) * windowMs;
}

/** Both say where windows begin: what is left when both are right, else (clocks drift) the newer one. */
export function narrow(known: WindowBounds | null, seen: WindowBounds, windowMs: number): WindowBounds {
  if (!known) return seen;
  const nearest = Math.round((seen.latestMs - known.latestMs) / windowMs);
  const overlaps = [nearest - 1, nearest, nearest + 1]
    .map((windows) => ({
      earliestMs: Math.max(seen.earliestMs, known.earliestMs + windows * windowMs),
      latestMs: Math.min(seen.latestMs, known.latestMs + windows * windowMs),
    }))
    .filter(({ earliestMs, latestMs }) => earliestMs <= latestMs);
  return overlaps.sort((a, b) => width(b) - width(a))[0] ?? seen;
}

const width = ({ earliestMs, latestMs }: WindowBounds) => latestMs - earliestMs;

/**
 * What two answers, the second asked for after the first had come, say about a window's beginning. The count only
 * grows within a window: when it fell, one began in between.
 * @returns null when they say nothing.
 */
export function resetBetween(before: Observation, after: Observation, windowMs: number): WindowBounds | null {
  const inOrder = after.sentAtMs >= before.receivedAtMs;
  // A little less, again and again, is a sliding minute, which begins nowhere.
  const fell = after.used < before.used && after.used <= before.used / 2;
  const bounds = { earliestMs: before.sentAtMs, latestMs: after.receivedAtMs };
  return inOrder && fell && width(bounds) < windowMs ? bounds : null;
}

/** A refusal says, in whole seconds, when the window ends; both the second and the way here blur it. */
export function resetAfterRefusal(refusal: {
  refusedForMs: number;
  sentAtMs: number;
  receivedAtMs: number;
}): WindowBounds {
  const { refusedForMs, sentAtMs, receivedAtMs } = refusal;
  return { earliestMs: sentAtMs + refusedForMs - 1000, latestMs: receivedAtMs + refusedForMs };
}

/** Background work may use this part of the limit at once; the rest is released evenly until the window ends. */
const AT_ONCE = 0.75;
/** In a sliding minute everything is released evenly, and two neighbouring windows must not add up to more than one. */
const SLIDING_PART = 0.97;

export type Urgency = 'background' | 'interactive';

export interface Pace {
  urgency: Urgency;
  /** Help Scout counts the last minute instead of the running one. */
  sliding: boolean;
}

/** What may be released of a limit by now: at once, and evenly over the window. */
function parts({ urgency, sliding }: Pace): { atOnce: number; evenly: number } {
  if (urgency === 'interactive') return { atOnce: 1, evenly: 0 };
  return sliding ? { atOnce: 0, evenly: SLIDING_PART } : { atOnce: AT_ONCE, evenly: 1 - AT_ONCE };
}

/** Units that may be used by now. A person may have all of them; a limit below one call's cost lets it through alone. */
export function ceiling(units: number, cost: number, pace: Pace, elapsed: number): number {
  const { atOnce, evenly } = parts(pace);
  return Math.max(cost, Math.floor(units * (atOnce + evenly * Math.min(1, elapsed))));
}

/** The part of the window (0 to 1) after which `ceiling` reaches `needed`; 1 when it does not within the window. */
export function elapsedWhenReleased(units: number, needed: number, pace: Pace): number {
  const { atOnce, evenly } = parts(pace);
  if (needed <= units * atOnce) return 0;
  return evenly === 0 ? 1 : Math.min(1, (needed / units - atOnce) / evenly);
}

/** How long it takes until `cost` more units are released. */
export function releaseMs(units: number, cost: number, pace: Pace, windowMs: number): number {
  const { evenly } = parts(pace);
  return evenly === 0 ? 0 : (cost / (units * evenly)) * windowMs;
}

/** Other apps will need about as much as in the window before; a little more, so that they can grow. */
export function unitsForUs(limit: number, shareForOthers: number, usedByOthers: number): number {
  const left = Math.max(shareForOthers * limit, Math.ceil(usedByOthers * 1.05));
  return Math.max(1, Math.floor(limit - Math.min(left, 0.9 * limit)));
}

const STEPS = [
  { label: '1 minute', seconds: 60 },
  { label: '10 minutes', seconds: 600 },
  { label: '1 hour', seconds: 3600 },
  { label: '1 day', seconds: 86_400 },
  { label: '60 days', seconds: 60 * 86_400 },
];

/** The sandbox's time, and buttons that move it. */
export function ClockForm({ nowMs, offsetMs }: { nowMs: number; offsetMs: number }) {
  const iso = new Date(nowMs).toISOString();
  return (
    <section aria-labelledby="clock">
      <h2 id="clock">Clock</h2>
      <p>
        <time dateTime={iso}>{`${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`}</time>
        <span class="muted">
          {offsetMs === 0 ? ' · runs with the real time' : ` · ${Math.round(offsetMs / 1000)} s off the real time`}
        </span>
      </p>
      <form method="post" action="/sandbox/clock" class="actions">
        {STEPS.map(({ label, seconds }) => (
          <button key={label} type="submit" name="advanceSeconds" value={String(seconds)} class="secondary">
            {`+ ${label}`}
          </button>
        ))}
        <button type="submit" name="reset" value="on" class="secondary">
          Real time
        </button>
      </form>
      <form method="post" action="/sandbox/clock" class="stacked">
        <label>
          Set to (UTC)
          <input type="datetime-local" name="now" step={1} value={iso.slice(0, 19)} required />
        </label>
        <button type="submit" class="secondary">
          Set the clock
        </button>
      </form>
    </section>
  );
}

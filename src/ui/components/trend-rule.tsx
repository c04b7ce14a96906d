/** When the product speaks of a trend, and where the rule is from; below everything that shows trends. */
export function TrendRule() {
  return (
    <details class="trend-rule">
      <summary>When do we call it a trend?</summary>
      <p>
        The last 7 days are compared with the 4 weeks before, by the time customers wrote. It is rising or falling only
        when chance alone would bring such a change in fewer than 5 of 100 cases, in conversations and in customers both
        (each customer counts once a week), and rising only from 3 customers on: fewer are no trend, however unusual.
        New patterns had their first report within 7 days. Back after fixed: its record was done, and at least 2
        customers wrote after that. The test compares two Poisson rates: Przyborowski and Wilenski, Biometrika 31
        (1940), 313–323.
      </p>
    </details>
  );
}

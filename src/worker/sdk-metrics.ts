import getPort from 'get-port';

/** Where Temporal's SDK offers its own metrics: its exporter listens by itself, so it gets an address only we know. */
export async function sdkMetricsAddress(): Promise<string> {
  return `127.0.0.1:${await getPort({ host: '127.0.0.1' })}`;
}

/** The SDK's metrics in Prometheus's text format; empty as long as there are none. */
export async function readSdkMetrics(address: string): Promise<string> {
  const answer = await fetch(`http://${address}/metrics`, { signal: AbortSignal.timeout(5_000) });
  return answer.ok ? await answer.text() : '';
}

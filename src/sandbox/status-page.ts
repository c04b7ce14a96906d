import type { RequestHandler } from 'express';
import type { Switches } from './switches.ts';

/** Where the sandbox says how it is, as Help Scout does on a host of its own. */
export const STATUS_PATH = '/status/api/v2/summary.json';

const DESCRIPTIONS = {
  none: 'All Systems Operational',
  minor: 'Minor Service Outage',
  major: 'Partial System Outage',
  critical: 'Major Service Outage',
  maintenance: 'Service Under Maintenance',
} as const;

/** The summary that status pages of this make have, by the switches. */
export function statusPage({ switches, now }: { switches: Switches; now: () => number }): RequestHandler {
  return (_request, response) => {
    const { indicator, incident } = switches.values.statusPage;
    const at = new Date(now()).toISOString();
    const isWell = indicator === 'none';
    response.json({
      page: {
        id: 'sandbox',
        name: 'Help Scout',
        url: 'http://status.sandbox.example',
        time_zone: 'Etc/UTC',
        updated_at: at,
      },
      status: { indicator, description: DESCRIPTIONS[indicator] },
      components: [
        { id: 'inbox', name: 'Inbox', status: 'operational', group: false },
        { id: 'api', name: 'Inbox API', status: isWell ? 'operational' : 'partial_outage', group: false },
      ],
      incidents:
        incident === ''
          ? []
          : [
              {
                id: 'i1',
                name: incident,
                status: 'investigating',
                impact: isWell ? 'minor' : indicator,
                created_at: at,
              },
            ],
      scheduled_maintenances: [],
    });
  };
}

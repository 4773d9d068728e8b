/** What one picture shows: a title, a unit of Grafana's, and lines by their names. */
type Panel = { title: string; unit: string; lines: Record<string, string> };

const rate = (what: string) => `rate(${what}[$__rate_interval])`;
const quantile = (share: number) =>
  `histogram_quantile(${share}, sum by (le) (${rate('http_request_duration_seconds_bucket{route="/graphql"}')}))`;
const age = (what: string) => `time() - max(${what})`;

/** Row by row: what shoppers feel, what the shop does, what stands behind it, what is done beside. */
const ROWS: Record<string, Panel[]> = {
  Requests: [
    {
      title: 'Requests',
      unit: 'reqps',
      lines: { '{{status}}': `sum by (status) (${rate('http_request_duration_seconds_count')})` },
    },
    {
      title: 'Time of GraphQL requests',
      unit: 's',
      lines: { half: quantile(0.5), '95 %': quantile(0.95), '99 %': quantile(0.99) },
    },
    {
      title: 'Errors by code',
      unit: 'short',
      lines: { '{{code}}': `sum by (code) (${rate('graphql_errors_total')})` },
    },
    {
      title: 'At work, waiting, sent away',
      unit: 'short',
      lines: {
        '{{stage}}': 'sum by (stage) (graphql_requests)',
        'sent away': 'sum(increase(graphql_requests_refused_total[$__rate_interval]))',
      },
    },
  ],
  Shop: [
    {
      title: 'Orders placed in an hour',
      unit: 'short',
      lines: { orders: 'sum(increase(orders_placed_total[1h]))' },
    },
    {
      title: 'Reservations open',
      unit: 'short',
      lines: { open: 'max(reservations_open)' },
    },
    {
      title: 'Payments not decided',
      unit: 'short',
      lines: { payments: 'max(payments_pending)' },
    },
    {
      title: 'Payments by outcome in an hour',
      unit: 'short',
      lines: { '{{outcome}}': 'sum by (outcome) (increase(payments_outcomes_total[1h]))' },
    },
    {
      title: 'Tries to deliver webhooks',
      unit: 'ops',
      lines: { '{{outcome}}': `max by (outcome) (${rate('webhook_deliveries_total')})` },
    },
    {
      title: 'Webhooks and outbox behind',
      unit: 's',
      lines: {
        'oldest event': 'max(webhook_oldest_undelivered_seconds)',
        outbox: 'max(outbox_lag_seconds)',
      },
    },
  ],
  'MongoDB, Redis, cache': [
    {
      title: 'Commands to MongoDB',
      unit: 'ops',
      lines: { '{{command}}': `sum by (command) (${rate('mongodb_commands_total')})` },
    },
    {
      title: 'Connections',
      unit: 'short',
      lines: {
        'in use': 'sum(mongodb_pool_connections_in_use)',
        waiting: 'sum(mongodb_pool_waiting)',
        'transactions again': 'sum(increase(mongodb_transactions_retried_total[5m]))',
      },
    },
    { title: 'Changes heard late', unit: 's', lines: { late: 'max(change_stream_lag_seconds)' } },
    {
      title: 'Answers from the cache',
      unit: 'percentunit',
      lines: { share: 'avg(answer_cache_hit_ratio)' },
    },
    { title: 'Redis', unit: 'short', lines: { '{{state}}': 'sum by (state) (redis_state)' } },
    {
      title: 'Commands to Redis',
      unit: 'ops',
      lines: { '{{outcome}}': `sum by (outcome) (${rate('redis_commands_total')})` },
    },
    {
      title: 'Event loop, the slowest hundredth',
      unit: 's',
      lines: { '{{instance}}': 'nodejs_eventloop_lag_p99_seconds' },
    },
  ],
  Beside: [
    {
      title: 'Rounds of jobs that failed',
      unit: 'short',
      lines: { '{{job}}': 'sum by (job) (increase(job_rounds_total{outcome="failed"}[1h]))' },
    },
    {
      title: 'Differences in the data',
      unit: 'short',
      lines: { '{{check}}': 'max by (check) (check_data_problems)' },
    },
    {
      title: 'Age of the backup',
      unit: 's',
      lines: {
        snapshot: age('backup_last_snapshot_timestamp_seconds'),
        changes: age('backup_reaches_to_timestamp_seconds'),
        'tried out': age('backup_last_verified_timestamp_seconds'),
      },
    },
    { title: 'Subscriptions', unit: 'short', lines: { open: 'sum(subscriptions_open)' } },
  ],
};

const WIDTH = 24;
const PANEL = { w: 6, h: 8 };
// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana fills it in
const PROMETHEUS = { type: 'prometheus', uid: '${datasource}' };

/** As Grafana imports it; the data source is chosen on the dashboard. */
export const dashboard = () => ({
  title: 'Souk',
  uid: 'souk',
  schemaVersion: 39,
  refresh: '30s',
  time: { from: 'now-6h', to: 'now' },
  templating: { list: [{ name: 'datasource', type: 'datasource', query: 'prometheus' }] },
  panels: panels(),
});

function panels() {
  const placed: object[] = [];
  let y = 0;
  for (const [title, row] of Object.entries(ROWS)) {
    placed.push({
      id: placed.length + 1,
      type: 'row',
      title,
      gridPos: { x: 0, y, w: WIDTH, h: 1 },
      panels: [],
    });
    y += 1;
    row.forEach((panel, n) => {
      const at = { x: (n * PANEL.w) % WIDTH, y: y + Math.floor((n * PANEL.w) / WIDTH) * PANEL.h };
      placed.push(shown(panel, placed.length + 1, at));
    });
    y += Math.ceil((row.length * PANEL.w) / WIDTH) * PANEL.h;
  }
  return placed;
}

const shown = ({ title, unit, lines }: Panel, id: number, at: { x: number; y: number }) => ({
  ...{ id, type: 'timeseries', title, datasource: PROMETHEUS, gridPos: { ...at, ...PANEL } },
  fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
  targets: Object.entries(lines).map(([legendFormat, expr], n) => ({
    ...{ refId: String.fromCharCode(65 + n), datasource: PROMETHEUS, expr, legendFormat },
  })),
});

import type { DashboardSpec } from './dashboard.js';

/** What the exporters beside the containers tell; empty where the stack runs without containers. */
export const hostAndContainers: DashboardSpec = {
  uid: 'containers',
  title: 'Host and containers',
  variables: [],
  rows: [
    {
      title: 'Host',
      panels: [
        {
          title: 'Processor in use',
          unit: 'percentunit',
          lines: [0.8, 0.95],
          queries: { '{{instance}}': '1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m]))' },
        },
        { title: 'Load', queries: { '{{instance}}': 'node_load1' } },
        {
          title: 'Memory in use',
          unit: 'percentunit',
          lines: [0.85, 0.95],
          queries: { '{{instance}}': '1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes' },
        },
        {
          title: 'Disk in use',
          unit: 'percentunit',
          lines: [0.8, 0.9],
          width: 24,
          queries: {
            '{{instance}} {{mountpoint}}':
              '1 - node_filesystem_avail_bytes{fstype!~"tmpfs|overlay"} / node_filesystem_size_bytes{fstype!~"tmpfs|overlay"}',
          },
        },
      ],
    },
    {
      title: 'Containers',
      panels: [
        {
          title: 'Processors',
          queries: { '{{name}}': 'sum by (name) (rate(container_cpu_usage_seconds_total{name!=""}[5m]))' },
        },
        {
          title: 'Memory',
          unit: 'bytes',
          queries: { '{{name}}': 'sum by (name) (container_memory_working_set_bytes{name!=""})' },
        },
        {
          title: 'Sent a second',
          unit: 'bytes',
          queries: { '{{name}}': 'sum by (name) (rate(container_network_transmit_bytes_total{name!=""}[5m]))' },
        },
      ],
    },
    {
      title: 'Postgres and nginx',
      panels: [
        { title: 'Exporters that answer', kind: 'stat', queries: { Postgres: 'pg_up', nginx: 'nginx_up' } },
        { title: 'Connections to Postgres', queries: { '{{datname}}': 'pg_stat_database_numbackends{datname!=""}' } },
        {
          title: 'Commits a second',
          unit: 'reqps',
          queries: { '{{datname}}': 'rate(pg_stat_database_xact_commit{datname!=""}[5m])' },
        },
        { title: 'Size of databases', unit: 'bytes', queries: { '{{datname}}': 'pg_database_size_bytes' } },
        { title: 'Connections to nginx', queries: { '{{instance}}': 'nginx_connections_active' } },
        {
          title: 'Requests to nginx',
          unit: 'reqps',
          queries: { '{{instance}}': 'rate(nginx_http_requests_total[5m])' },
        },
      ],
    },
  ],
};

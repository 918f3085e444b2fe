import type { MetricDefinition } from './metric-definition.js';

/** The router, from its access log and its status page: the same for nginx and the built-in one. */
export const routerMetricDefinitions = {
  requests: {
    type: 'counter',
    name: 'router_requests_total',
    help: 'Requests by the variant that the user was assigned and the one that answered (none: the router itself)',
    labels: ['project', 'assigned', 'served'],
  },
  responses: {
    type: 'counter',
    name: 'router_responses_total',
    help: 'Answers by class of status (2xx, 4xx, 5xx)',
    labels: ['project', 'status'],
  },
  duration: {
    type: 'histogram',
    name: 'router_request_duration_seconds',
    help: 'From the first byte of a request to the last byte of its answer, by the variant that answered',
    labels: ['project', 'served'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  },
  connectionsActive: {
    type: 'gauge',
    name: 'router_connections_active',
    help: 'Open connections of clients',
    labels: ['project'],
  },
  connectionsWaiting: {
    type: 'gauge',
    name: 'router_connections_waiting',
    help: 'Open connections of clients without a request',
    labels: ['project'],
  },
  generation: {
    type: 'gauge',
    name: 'router_routing_generation',
    help: 'Generation of the routing that is in force',
    labels: ['project'],
  },
  upstreams: {
    type: 'gauge',
    name: 'router_upstream_instances',
    help: 'Instances that the routing in force sends requests to',
    labels: ['project', 'variant'],
  },
} as const satisfies Record<string, MetricDefinition>;

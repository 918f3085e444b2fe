import type { LocalTargets } from '../monitoring/prometheus/local-config.js';
import type { Part } from './part.js';
import { alertmanagerPart, findAlertmanager } from './parts/alertmanager.js';
import { prometheusPart } from './parts/prometheus.js';
import type { PlacedSettings } from './place-projects.js';

/** The router's metrics are told this far above its port (router/server.ts), so that each project's router has its own. */
const ROUTER_METRICS_ABOVE = 100;

function targetsOf({ ports, projects }: PlacedSettings, withAlertmanager: boolean): LocalTargets {
  const at = (port: number) => `127.0.0.1:${port}`;
  return {
    production: projects.map((placed) => at(placed.ports.production)),
    candidate: projects.map((placed) => at(placed.ports.candidate)),
    router: projects.map((placed) => at(placed.ports.router + ROUTER_METRICS_ABOVE)),
    control: at(ports.CONTROL_PORT),
    worker: at(ports.WORKER_PORT),
    temporalSdk: at(ports.WORKER_SDK_METRICS_PORT),
    prometheus: at(ports.PROMETHEUS_PORT),
    alertmanager: withAlertmanager ? at(ports.ALERTMANAGER_PORT) : null,
  };
}

/** Prometheus, and Alertmanager where it is on PATH; none unless they were asked for. */
export function monitoringParts(settings: PlacedSettings): Part[] {
  if (!settings.monitoring) return [];
  const { home, ports, env } = settings;
  const path = findAlertmanager(env);
  const targets = targetsOf(settings, path !== null);
  return [
    prometheusPart({ home, port: ports.PROMETHEUS_PORT, targets, interval: settings.config.SCRAPE_INTERVAL, env }),
    ...(path === null ? [] : [alertmanagerPart({ home, port: ports.ALERTMANAGER_PORT, path, env })]),
  ];
}

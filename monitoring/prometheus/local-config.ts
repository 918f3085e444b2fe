/** Where the parts of a stack on one machine tell their metrics: host:port each. */
export interface LocalTargets {
  readonly production: readonly string[];
  readonly candidate: readonly string[];
  readonly router: readonly string[];
  readonly control: string;
  readonly worker: string;
  /** Metrics of the Temporal SDK inside the worker. */
  readonly temporalSdk: string;
  readonly prometheus: string;
  /** Null when none runs. */
  readonly alertmanager: string | null;
}

export interface LocalConfigOptions {
  readonly targets: LocalTargets;
  /** Globs, relative to the configuration file or absolute. */
  readonly ruleFiles: readonly string[];
  /** In Prometheus' notation; also how often rules are evaluated. */
  readonly interval?: string;
}

/** Prometheus' configuration for a stack on one machine, as an object; JSON of it is valid YAML. */
export function buildLocalConfig({ targets, ruleFiles, interval = '10s' }: LocalConfigOptions) {
  const job = (name: string, ...groups: { targets: readonly string[]; labels?: Record<string, string> }[]) => ({
    job_name: name,
    static_configs: groups,
  });
  const { alertmanager } = targets;
  return {
    global: {
      scrape_interval: interval,
      scrape_timeout: interval === '10s' ? '5s' : interval,
      evaluation_interval: interval,
      external_labels: { stack: 'local' },
    },
    rule_files: ruleFiles,
    ...(alertmanager ? { alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }] } } : {}),
    scrape_configs: [
      job(
        'inference',
        { targets: targets.production, labels: { slot: 'production' } },
        { targets: targets.candidate, labels: { slot: 'candidate' } },
      ),
      job('router', { targets: targets.router }),
      job('control', { targets: [targets.control] }),
      job('worker', { targets: [targets.worker] }),
      job('temporal-sdk', { targets: [targets.temporalSdk] }),
      job('prometheus', { targets: [targets.prometheus] }),
      ...(alertmanager ? [job('alertmanager', { targets: [alertmanager] })] : []),
    ],
  };
}

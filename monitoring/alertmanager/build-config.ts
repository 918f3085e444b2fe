/** Where alerts go. Whatever is not set is left out; with nothing set alerts are only shown on Alertmanager's page. */
export interface ReceiverSettings {
  readonly webhook?: { readonly url: string /** File with a bearer token. */; readonly tokenFile?: string | undefined };
  readonly slack?: {
    /** File with the address of the incoming webhook: whoever knows it can post. */ readonly urlFile: string;
    readonly channel?: string | undefined;
  };
  readonly email?: {
    readonly to: string;
    readonly from: string;
    /** host:port */
    readonly smarthost: string;
    readonly username?: string | undefined;
    readonly passwordFile?: string | undefined;
    /** Default true. */
    readonly requireTls?: boolean;
  };
}

/** How long to wait, in Alertmanager's notation; the defaults suit people, tests take less. */
export interface Timing {
  readonly groupWait: string;
  readonly groupInterval: string;
  readonly repeatCritical: string;
  readonly repeatOther: string;
}

const patient: Timing = { groupWait: '30s', groupInterval: '5m', repeatCritical: '1h', repeatOther: '12h' };

const matching = (...names: string[]) => names.map((name) => `alertname = ${name}`);

/** While the source fires, the targets are a consequence of it and are not told. */
const consequences: readonly (readonly [source: string, targets: string, equal: readonly string[]])[] = [
  [
    'PostgresAway',
    'PredictionsSpooled|SpoolGrowing|LoopMetricsStale|DecisionLate|DriftReportLate|InstancesMissing',
    [],
  ],
  ['TemporalAway', 'ScheduleLate|ScheduleMissed|WorkersNotPolling|DecisionLate|DriftReportLate|TrainingStuck', []],
  ['S3Away', 'ModelRefused|InstancesBehind', []],
  ['NoProductionService', 'ServiceDown|InstancesMissing|NoPredictionTraffic', []],
  ['SpoolNearlyFull', 'SpoolGrowing|PredictionsSpooled', ['instance']],
  ['PredictionLatencyP99High', 'PredictionLatencyP95High', ['project', 'variant']],
  ['ModelDriftSevere', 'ModelDrift|ModelDriftScoreHigh', ['project']],
  ['TrainingFailsRepeatedly', 'TrainingFailed', ['project']],
  ['SloBurnFast', 'SloBurnSlow|SloBurnCreeping|PredictionErrorRateHigh', ['project']],
  ['SloBurnSlow', 'SloBurnCreeping', ['project']],
  ['CandidateUnhealthy', 'SplitOffItsWeights', ['project']],
];

/**
 * Alertmanager's configuration as an object; JSON of it is valid YAML.
 * Critical alerts go to every receiver, warnings to Slack and the webhook, `info` to the webhook alone.
 */
export function buildAlertmanagerConfig(settings: ReceiverSettings = {}, timing: Timing = patient) {
  const webhooks = settings.webhook
    ? [
        {
          url: settings.webhook.url,
          send_resolved: true,
          max_alerts: 100,
          ...(settings.webhook.tokenFile
            ? { http_config: { authorization: { credentials_file: settings.webhook.tokenFile } } }
            : {}),
        },
      ]
    : [];
  const slacks = settings.slack
    ? [
        {
          api_url_file: settings.slack.urlFile,
          ...(settings.slack.channel ? { channel: settings.slack.channel } : {}),
          send_resolved: true,
          color:
            '{{ if eq .Status "resolved" }}good{{ else if eq .CommonLabels.severity "critical" }}danger{{ else }}warning{{ end }}',
          title: '{{ template "incumbent.title" . }}',
          text: '{{ template "incumbent.text" . }}',
        },
      ]
    : [];
  const emails = settings.email
    ? [
        {
          to: settings.email.to,
          from: settings.email.from,
          smarthost: settings.email.smarthost,
          require_tls: settings.email.requireTls ?? true,
          ...(settings.email.username ? { auth_username: settings.email.username } : {}),
          ...(settings.email.passwordFile ? { auth_password_file: settings.email.passwordFile } : {}),
          send_resolved: true,
          headers: { Subject: '{{ template "incumbent.title" . }}' },
          text: '{{ template "incumbent.text" . }}',
          html: '',
        },
      ]
    : [];
  const receiver = (name: string, ...[web, slack, email]: [object[], object[], object[]]) => ({
    name,
    ...(web.length ? { webhook_configs: web } : {}),
    ...(slack.length ? { slack_configs: slack } : {}),
    ...(email.length ? { email_configs: email } : {}),
  });
  return {
    templates: ['templates/*.tmpl'],
    route: {
      receiver: 'warning',
      // one message for one fault of one project, however many instances see it
      group_by: ['alertname', 'project'],
      group_wait: timing.groupWait,
      group_interval: timing.groupInterval,
      repeat_interval: timing.repeatOther,
      routes: [
        { matchers: ['severity = critical'], receiver: 'critical', repeat_interval: timing.repeatCritical },
        { matchers: ['severity = info'], receiver: 'info', group_by: ['project'] },
      ],
    },
    inhibit_rules: consequences.map(([source, targets, equal]) => ({
      source_matchers: matching(source),
      target_matchers: [`alertname =~ "${targets}"`],
      equal,
    })),
    receivers: [
      receiver('critical', webhooks, slacks, emails),
      receiver('warning', webhooks, slacks, []),
      receiver('info', webhooks, [], []),
    ],
  };
}

/** Names of the alerts that inhibition speaks of. */
export const inhibitedNames: readonly string[] = consequences.flatMap(([source, targets]) => [
  source,
  ...targets.split('|'),
]);

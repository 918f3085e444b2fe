import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { buildAlertmanagerConfig, type ReceiverSettings } from './build-config.js';

/** The receivers that the environment names (docs/monitoring.md lists the variables). */
export function receiversFrom(env: NodeJS.ProcessEnv): ReceiverSettings {
  const {
    ALERT_WEBHOOK_URL: url,
    ALERT_WEBHOOK_TOKEN_FILE: tokenFile,
    ALERT_SLACK_URL_FILE: urlFile,
    ALERT_SLACK_CHANNEL: channel,
    ALERT_EMAIL_TO: to,
    ALERT_EMAIL_FROM: from,
    ALERT_SMTP: smarthost,
    ALERT_SMTP_USER: username,
    ALERT_SMTP_PASSWORD_FILE: passwordFile,
  } = env;
  if (to && !(from && smarthost))
    throw new Error('ALERT_EMAIL_TO is set: ALERT_EMAIL_FROM and ALERT_SMTP (host:port) are needed too');
  return {
    ...(url ? { webhook: { url, tokenFile } } : {}),
    ...(urlFile ? { slack: { urlFile, channel } } : {}),
    ...(to && from && smarthost ? { email: { to, from, smarthost, username, passwordFile } } : {}),
  };
}

// `tsx monitoring/alertmanager/write-config.ts FILE` writes the configuration for the receivers that are set
if (process.argv[1] === import.meta.filename) {
  const file = process.argv[2];
  if (!file) throw new Error('say where to write it: tsx monitoring/alertmanager/write-config.ts FILE');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(buildAlertmanagerConfig(receiversFrom(process.env)), null, 2)}\n`);
}

import type { Answers } from '../stand-in.js';
import { HOUR_MS, hour, page } from './times.js';

/** Who may do what, and who did. */
export const peopleAnswers: Answers = {
  'GET /api/auth/session': {
    body: { name: 'local', kind: 'local', role: 'admin', scopes: null, access_control: false, csrf_token: null },
  },
  'GET /api/accounts': page([
    { name: 'asha', role: 'admin', disabled: false, locked_until: null, created_at: hour(0) },
    { name: 'vikram', role: 'viewer', disabled: true, locked_until: null, created_at: hour(0) },
  ]),
  'GET /api/auth/keys': page([
    {
      id: '0123456789ab',
      name: 'nightly',
      role: 'operator',
      scopes: ['training:write'],
      requests_per_minute: null,
      created_by: 'user:asha',
      created_at: hour(0),
      expires_at: new Date(Date.now() + 30 * 24 * HOUR_MS).toISOString(),
      revoked_at: null,
      last_used_at: null,
    },
  ]),
  'GET /api/audit': page([
    {
      id: 1,
      action: 'promote',
      actor: 'evaluateExperiment',
      subject: 'BO2',
      reason: 'The candidate scores more than 5 % above production.',
      details: {},
      workflow_id: 'home-prices-promote-CO2',
      created_at: hour(0),
    },
  ]),
  'GET /api/audit/verification': { body: { rows: 120, unchained: 0, head: `120:${'9f'.repeat(32)}`, findings: [] } },
};

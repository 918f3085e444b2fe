import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import nodemailer from 'nodemailer';
import { afterEach, expect, test } from 'vitest';
import { createEmailNotifier } from '../../../adapters/notifiers/email.js';
import { isSigned, sign } from '../../../adapters/notifiers/signature.js';
import { createSlackNotifier } from '../../../adapters/notifiers/slack.js';
import { createWebhookNotifier } from '../../../adapters/notifiers/webhook.js';
import { InvalidInputError, UnavailableError } from '../../../core/errors.js';
import type { Notification } from '../../../core/notifications/notification.js';
import { freePort, startReceiver } from '../../monitoring/real-services.js';
import { startSmtpSink } from '../../monitoring/smtp-sink.js';

const secret = 'a secret of the receiver, at least 32 bytes';
const notification: Notification = {
  id: 'promote/home-prices/7',
  kind: 'promoted',
  project: 'home-prices',
  title: 'CO7 is promoted & serves as BO3',
  text: 'Score 0.81 > 0.77.\nDecided by rule.',
  at: '2026-01-02T03:04:05.000Z',
  link: 'http://localhost:6500/experiments/7',
  fields: { candidate: 0.81, production: 0.77 },
};
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});
async function receiver(status = 200) {
  const one = await startReceiver(() => status);
  stops.push(one.stop);
  return one;
}

test('the signature is the HMAC that Python computes', () => {
  // hmac.new(secret, b'1700000000.{"id":"1"}', hashlib.sha256).hexdigest()
  expect(sign(secret, 1_700_000_000, '{"id":"1"}')).toBe(
    'v1=b39852fb4ec4388e08886fe1b255d239d0eee0a08894491cdb5cd35991eb3a8d',
  );
});

test('a receiver believes what was sent, and neither another body nor a message of yesterday', async () => {
  const { url, received } = await receiver();
  await createWebhookNotifier({ url: `${url}/hook`, secret }).send(notification);
  const { headers, body } = received[0]!;
  expect(JSON.parse(body)).toEqual(notification);
  expect(headers['x-incumbent-delivery']).toBe(notification.id);
  const message = {
    secret,
    body,
    timestamp: String(headers['x-incumbent-timestamp']),
    signature: String(headers['x-incumbent-signature']),
    now: new Date(),
  };
  expect(isSigned(message)).toBe(true);
  expect(isSigned({ ...message, body: `${body} ` })).toBe(false);
  expect(isSigned({ ...message, secret: `${secret}!` })).toBe(false);
  expect(isSigned({ ...message, signature: 'v1=short' })).toBe(false);
  expect(isSigned({ ...message, timestamp: 'now' })).toBe(false);
  expect(isSigned({ ...message, now: new Date(Date.now() + 86_400_000) })).toBe(false);
});

test.each([
  [500, UnavailableError],
  [503, UnavailableError],
  [429, UnavailableError],
  [400, InvalidInputError],
  [404, InvalidInputError],
  [302, InvalidInputError],
])('an answer of %i is an error that says whether to try again', async (status, expected) => {
  const { url, received } = await receiver(status);
  const sent = createSlackNotifier({ url: `${url}/services/T0/secret-part` }).send(notification);
  await expect(sent).rejects.toBeInstanceOf(expected);
  await expect(sent).rejects.not.toThrow(/secret-part/);
  expect(received).toHaveLength(1);
});

test('a receiver that is away or does not answer may be tried again', async () => {
  const away = createWebhookNotifier({ url: `http://127.0.0.1:${await freePort()}/`, secret });
  await expect(away.send(notification)).rejects.toBeInstanceOf(UnavailableError);
  const silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  stops.push(async () => void silent.close().closeAllConnections());
  const host = `127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const slow = createWebhookNotifier({ url: `http://${host}/`, secret, timeoutMs: 50 });
  await expect(slow.send(notification)).rejects.toThrow(`${host} could not be reached within 50 ms`);
});

test('Slack gets title, text, figures and link, with its markup escaped', async () => {
  const { url, received } = await receiver();
  await createSlackNotifier({ url }).send(notification);
  const { text, blocks } = JSON.parse(received[0]!.body) as {
    text: string;
    blocks: { text?: { text: string }; fields?: { text: string }[] }[];
  };
  expect(text).toBe('CO7 is promoted &amp; serves as BO3');
  expect(blocks[0]?.text?.text).toBe(
    '*CO7 is promoted &amp; serves as BO3* (home-prices)\nScore 0.81 &gt; 0.77.\nDecided by rule.',
  );
  expect(blocks[1]?.fields?.map((field) => field.text)).toEqual(['*candidate*\n0.81', '*production*\n0.77']);
  expect(blocks[2]?.text?.text).toBe('<http://localhost:6500/experiments/7|Open>');
});

test('a mail server gets the mail, and a title cannot add headers to it', async () => {
  const sink = await startSmtpSink();
  stops.push(sink.stop);
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: sink.port, secure: false, ignoreTLS: true });
  const notifier = createEmailNotifier({
    transport,
    from: 'Incumbent <loop@example.com>',
    to: ['a@example.com', 'b@example.com'],
  });
  await notifier.send({ ...notification, title: 'Promoted\r\nBcc: thief@example.com' });
  const [mail] = sink.mails;
  expect([mail?.from, mail?.to]).toEqual(['loop@example.com', ['a@example.com', 'b@example.com']]);
  expect(mail?.data).toMatch(/^Message-ID: <promote-home-prices-7@example\.com>$/m);
  expect(mail?.data).toMatch(/^Subject: \[home-prices\] Promoted Bcc: thief@example\.com$/m);
  expect(mail?.data).not.toMatch(/^Bcc:/m);
  expect(mail?.data).toContain('Score 0.81 > 0.77.\nDecided by rule.\n\ncandidate: 0.81');
});

test.each([
  ['550 no such user', InvalidInputError],
  ['451 try later', UnavailableError],
])('the mail server says %s', async (refuse, expected) => {
  const sink = await startSmtpSink({ refuse });
  stops.push(sink.stop);
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: sink.port, secure: false, ignoreTLS: true });
  const notifier = createEmailNotifier({ transport, from: 'loop@example.com', to: ['a@example.com'] });
  await expect(notifier.send(notification)).rejects.toBeInstanceOf(expected);
});

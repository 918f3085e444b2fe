import { expect, test } from 'vitest';
import { luhnValid, verhoeffValid } from '../../../core/privacy/checksums.js';
import { maskPersonalData } from '../../../core/privacy/mask-personal-data.js';

// Check digits by the published examples: 4111 1111 1111 1111 is a test number of card networks,
// 236 with the check digit 3 is Verhoeff's own example, 2341 2341 2346 is a sample Aadhaar number.
test('check digits are those of the published examples', () => {
  expect(luhnValid('4111111111111111')).toBe(true);
  expect(luhnValid('4111111111111112')).toBe(false);
  expect(verhoeffValid('2363')).toBe(true);
  expect(verhoeffValid('2364')).toBe(false);
  expect(verhoeffValid('234123412346')).toBe(true);
});

test('every single wrong digit and every swap of neighbours is found by Verhoeff', () => {
  const right = '234123412346';
  for (let i = 0; i < right.length; i++) {
    for (let digit = 0; digit < 10; digit++) {
      const wrong = right.slice(0, i) + digit + right.slice(i + 1);
      expect(verhoeffValid(wrong)).toBe(wrong === right);
    }
    const swapped = right.slice(0, i) + (right[i + 1] ?? '') + right[i] + right.slice(i + 2);
    expect(verhoeffValid(swapped)).toBe(swapped === right);
  }
});

test.each([
  ['write to asha.rao+homes@example.co.in please', 'write to [e-mail address] please', { email: 1 }],
  ['भारत@उदाहरण.भारत', '[e-mail address]', { email: 1 }],
  ['card 4111 1111 1111 1111, thanks', 'card [card number], thanks', { card: 1 }],
  ['5500-0000-0000-0004', '[card number]', { card: 1 }],
  ['Aadhaar 2341 2341 2346', 'Aadhaar [Aadhaar number]', { aadhaar: 1 }],
  ['my pan is abcpe1234f.', 'my pan is [PAN].', { pan: 1 }],
  ['call 98450 12345 or +91-98450-12345', 'call [phone number] or [phone number]', { phone: 2 }],
  ['080 2345 6789', '[phone number]', { phone: 1 }],
  ['(080) 23456789', '[phone number]', { phone: 1 }],
  ['+1 (415) 555-2671', '[phone number]', { phone: 1 }],
])('%s is masked', (text, masked, found) => {
  expect(maskPersonalData(text)).toEqual({ text: masked, found });
});

test.each([
  'it sold for 12500000 in 2024, 1200 sq ft, 3 BHK',
  'Rs. 1,25,00,000 is too high',
  'on 2025-11-21 at 10:30',
  '4111 1111 1111 1112', // the check digit does not fit
  '2341 2341 2345', // neither
  'survey no 123/45-6, plot 17',
  '@home is where',
  'ABCXE1234F', // no such kind of holder
])('%s stays as it is', (text) => {
  expect(maskPersonalData(text)).toEqual({ text, found: {} });
});

test('a text made to slow the search down does not', () => {
  const texts = [
    '1 '.repeat(1000),
    `${'a.'.repeat(1000)}@`,
    '+'.repeat(2000),
    `${'-'.repeat(1000)}@${'a.'.repeat(500)}`,
  ];
  const started = performance.now();
  for (const text of texts) maskPersonalData(text);
  expect(performance.now() - started).toBeLessThan(5000);
});

import { luhnValid, verhoeffValid } from './checksums.js';

type PersonalDataKind = 'email' | 'card' | 'aadhaar' | 'pan' | 'phone';

export interface MaskedText {
  readonly text: string;
  /** How many of each kind were found; kinds that were not are left out. */
  readonly found: Readonly<Partial<Record<PersonalDataKind, number>>>;
}

const MASKS: Readonly<Record<PersonalDataKind, string>> = {
  email: '[e-mail address]',
  card: '[card number]',
  aadhaar: '[Aadhaar number]',
  pan: '[PAN]',
  phone: '[phone number]',
};

const EMAIL = /[\p{L}\p{M}\p{N}._%+'-]{1,64}@[\p{L}\p{M}\p{N}-]{1,63}(?:\.[\p{L}\p{M}\p{N}-]{1,63}){1,8}/gu;
/** The fourth letter says what kind of person it belongs to. */
const PAN = /(?<![\p{L}\p{N}])[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z](?![\p{L}\p{N}])/giu;
/** Digits as people write numbers: in groups, with brackets, dots or dashes. */
const NUMBER = /(?<![\p{L}\p{N}])\+?\(?\d(?:[ .()-]{0,2}\d){7,18}(?![\p{L}\p{N}])/gu;

function kindOfNumber(written: string): PersonalDataKind | null {
  const digits = written.replace(/\D/g, '');
  if (written.startsWith('+')) return digits.length >= 8 && digits.length <= 15 ? 'phone' : null;
  if (digits.length >= 13 && luhnValid(digits)) return 'card';
  if (/^[2-9]\d{11}$/.test(digits) && verhoeffValid(digits)) return 'aadhaar';
  // Indian mobiles, with and without the prefixes of the country or the trunk; land lines with their area code
  if (/^(?:91|0)?[6-9]\d{9}$/.test(digits) || /^0[1-8]\d{8,9}$/.test(digits)) return 'phone';
  return null;
}

/**
 * Takes e-mail addresses and card, Aadhaar, PAN and phone numbers out of a text that people wrote. Card and Aadhaar numbers count
 * only when their check digits fit, so that prices and areas stay.
 */
export function maskPersonalData(text: string): MaskedText {
  const found: Partial<Record<PersonalDataKind, number>> = {};
  const mask = (kind: PersonalDataKind): string => {
    found[kind] = (found[kind] ?? 0) + 1;
    return MASKS[kind];
  };
  const masked = text
    .replace(EMAIL, () => mask('email'))
    .replace(PAN, () => mask('pan'))
    .replace(NUMBER, (written) => {
      const kind = kindOfNumber(written);
      return kind ? mask(kind) : written;
    });
  return { text: masked, found };
}

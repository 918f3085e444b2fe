/**
 * What two spellings of one category have in common: Unicode form, case, runs of white space, and the commas and
 * spaces at its ends. `'Sarjapur  Road,'` and `'sarjapur road'` have the same key.
 */
export function categoryKey(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .replace(/^[ ,]+|[ ,]+$/g, '')
    .toLowerCase();
}

/** The category that stands for all rare and unknown ones. */
export const OTHER = 'other';

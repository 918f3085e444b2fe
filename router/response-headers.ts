/** Sent with every answer; a service's own header of the same name is replaced. */
export function securityHeaders(tls: boolean): readonly (readonly [string, string])[] {
  return [
    ['X-Content-Type-Options', 'nosniff'],
    ['X-Frame-Options', 'DENY'],
    ['Referrer-Policy', 'no-referrer'],
    ...(tls ? ([['Strict-Transport-Security', 'max-age=31536000']] as const) : []),
  ];
}

/** Answers of these types are compressed for clients that accept gzip, from this size. */
export const COMPRESSED_TYPES = [
  'application/json',
  'application/problem+json',
  'application/x-ndjson',
  'text/plain',
  'text/csv',
] as const;
export const COMPRESSED_FROM_BYTES = 1024;

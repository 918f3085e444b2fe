/** An address that may be printed or logged: a password in it is hidden. */
export function shownAddress(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  if (!url.password) return address;
  url.password = '***';
  return url.toString();
}

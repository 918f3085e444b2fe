/** Whether a host name or address is this machine itself. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  return name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name) || name.endsWith('.localhost');
}

/** The name in a Host header, without the port. */
export function hostName(header: string | undefined): string {
  return (header ?? '').replace(/:\d+$/, '');
}

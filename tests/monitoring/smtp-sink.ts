import { type AddressInfo, createServer } from 'node:net';

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and body as sent. */
  readonly data: string;
}

/** A mail server that takes everything it is sent, without TLS. `refuse` makes it answer every recipient with that line. */
export async function startSmtpSink({ refuse }: { readonly refuse?: string } = {}) {
  const mails: Mail[] = [];
  const server = createServer((socket) => {
    let from = '';
    let to: string[] = [];
    let data: string[] | null = null;
    let rest = '';
    socket.on('error', () => socket.destroy());
    socket.write('220 sink\r\n');
    const answer = (line: string) => {
      if (data) {
        if (line !== '.') return void data.push(line);
        mails.push({ from, to, data: data.join('\n') });
        [data, to] = [null, []];
        return void socket.write('250 taken\r\n');
      }
      const address = /<(.*?)>/.exec(line)?.[1] ?? '';
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'MAIL') from = address;
      if (verb === 'RCPT') {
        if (refuse) return void socket.write(`${refuse}\r\n`);
        to.push(address);
      }
      if (verb === 'DATA') {
        data = [];
        return void socket.write('354 go on\r\n');
      }
      if (verb === 'QUIT') return void socket.end('221 bye\r\n');
      socket.write('250 fine\r\n');
    };
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString()).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) answer(line);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, mails, stop: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}

import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { inject } from 'vitest';
import { connectClient, WHILE_A_PERSON_WAITS } from '../../adapters/temporal/connect.js';

/** A client of the real Temporal by a way that can be cut and mended. */
export async function temporalOnALine() {
  const [host, port] = inject('services').temporalAddress.split(':');
  const sockets = new Set<Socket>();
  const line = createServer((near) => {
    const far = connect(Number(port), host);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy()).pipe(to);
    }
  });
  const listen = (at: number) => new Promise<void>((listening) => line.listen(at, '127.0.0.1', listening));
  await listen(0);
  const { port: here } = line.address() as AddressInfo;
  const cut = () => {
    line.close();
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  const client = await connectClient({ TEMPORAL_ADDRESS: `127.0.0.1:${here}` }, null, WHILE_A_PERSON_WAITS);
  return {
    client,
    cut,
    mend: () => listen(here),
    async end() {
      cut();
      // a call that is tried again on a closed connection throws out of a timer of the SDK
      await sleep(2_000);
      await client.connection.close();
    },
  };
}

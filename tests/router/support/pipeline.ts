import { once } from 'node:events';
import { connect } from 'node:net';

const CONNECTIONS = 8;
/** Requests sent together on a connection before their answers are awaited. */
const TOGETHER = 10;

async function askInBatches(port: number, users: readonly string[], found: RegExp): Promise<string[]> {
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  const answers: string[] = [];
  let text = '';
  for (let from = 0; from < users.length; from += TOGETHER) {
    const batch = users.slice(from, from + TOGETHER);
    socket.write(
      batch
        .map((user) => `POST /predict HTTP/1.1\r\nHost: router\r\nX-User-Id: ${user}\r\nContent-Length: 2\r\n\r\n{}`)
        .join(''),
    );
    for (text = ''; (text.match(found) ?? []).length < batch.length; ) text += (await once(socket, 'data'))[0];
    answers.push(...[...text.matchAll(found)].map((match) => match[1]!));
  }
  socket.destroy();
  return answers;
}

/**
 * One header of the answers to many predictions, in the order of the users. Several requests travel together: asking
 * 10,000 users one by one would measure the client.
 */
export async function answersByUser(port: number, users: readonly string[], header: string): Promise<string[]> {
  const perConnection = Math.ceil(users.length / CONNECTIONS);
  const found = new RegExp(`^${header}: (.*)\r$`, 'gim');
  const shares = Array.from({ length: CONNECTIONS }, (_, i) =>
    askInBatches(port, users.slice(i * perConnection, (i + 1) * perConnection), found),
  );
  return (await Promise.all(shares)).flat();
}

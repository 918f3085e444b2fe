import { connect, type Socket } from 'node:net';

/** A connection on which anything can be said; `heard` is all that came back, once the other side has closed it. */
export async function openRaw(port: number): Promise<{ socket: Socket; heard: Promise<string> }> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.setEncoding('latin1').on('data', (more) => {
    text += more;
  });
  const heard = new Promise<string>((resolve) => {
    socket.once('close', () => resolve(text));
    socket.on('error', () => {}); // a close follows
  });
  await new Promise((resolve) => socket.once('connect', resolve));
  return { socket, heard };
}

import { createServer } from 'node:http';

/** Reads a JSON body and sends it back: the least that a node:http service can do. */
const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => {
    body += chunk;
  });
  request.on('end', () => {
    const text = JSON.stringify(JSON.parse(body));
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) });
    response.end(text);
  });
});
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1');

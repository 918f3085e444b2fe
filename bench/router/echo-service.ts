import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** The smallest prediction service: what remains of the time is the router's. Prints its port. */
const answer = JSON.stringify({ prediction_id: 1, estimated_price: 83.5, unit: 'lakh INR', model_version: 'BO1' });

const server = http.createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
  request.resume();
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json', 'x-variant': 'production' }).end(answer);
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});

import { HttpProblem } from '../../adapters/http/problem.js';

/** Only one of its kind runs at a time: the answer names the one that does. */
export function jobInTheWay(job: string, what: string): HttpProblem {
  return new HttpProblem({
    status: 409,
    code: 'CONFLICT',
    message: `${what} is running already: wait for ${job} or cancel it`,
    extensions: { job_id: job },
  });
}

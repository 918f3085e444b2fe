import type { NextFunction, Request, Response } from 'express';
import type { ControlMetrics } from '../../monitoring/metrics.js';

/** Counts and times requests by route, not by address: an address may hold an id. */
export function measureRequests(metrics: ControlMetrics) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const started = performance.now();
    response.on('close', () => {
      const route = (request.route as { path?: string } | undefined)?.path ?? 'none';
      const { method } = request;
      metrics.requests.inc({ method, route, status: String(response.statusCode) });
      if (response.writableFinished) {
        metrics.requestDuration.observe({ method, route }, (performance.now() - started) / 1000);
      }
    });
    next();
  };
}

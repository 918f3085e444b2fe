import { Counter, Gauge, Histogram } from 'prom-client';

// The prediction service with metrics that count nothing: what it would be without them.
const nothing = () => undefined;
for (const kind of [Counter, Gauge]) kind.prototype.inc = nothing;
Gauge.prototype.set = nothing;
Histogram.prototype.observe = nothing;
Histogram.prototype.startTimer = () => () => 0;
await import('../../inference/server.js');

import { Injectable } from '@nestjs/common';
import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import { routeOf } from './route-of.js';

/** What Prometheus may scrape. Rooms make their counters here once and keep them. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Requests by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  counter<Label extends string>(name: string, help: string, labelNames: readonly Label[] = []): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  /** Rate, errors and duration of every route, by its pattern: an id in a path makes no series of its own. */
  get requestTimes(): RequestHandler {
    return (req, res, next) => {
      const began = performance.now();
      res.once('close', () => {
        // How long somebody watched says nothing about how long they waited.
        if (res.getHeader('content-type') === 'text/event-stream') return;
        const route = routeOf(req) ?? 'none';
        const seconds = (performance.now() - began) / 1000;
        this.requests.observe({ method: req.method, route, status: res.statusCode }, seconds);
      });
      next();
    };
  }
}

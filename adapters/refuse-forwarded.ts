import type { Express } from 'express';

const marks = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via', 'cf-connecting-ip'];

/** In the local mode nothing comes through a proxy: what says it did is from outside, and the unsigned doors are shut to it. */
export function refuseForwarded(http: Express): void {
  http.use((request, response, next) => {
    if (marks.every((mark) => request.headers[mark] === undefined)) return next();
    response
      .status(403)
      .type('text/plain')
      .send('Talbot runs in its local mode and takes no requests through a proxy. Set PUBLIC_URL.\n');
  });
}

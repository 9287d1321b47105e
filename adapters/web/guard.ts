import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { RequestError } from './errors';
import { isLoopbackName } from './text';

/**
 * Keeps every other page and machine out: the connection comes from this machine, `Host` is one of its loopback names (a hostile
 * name that was pointed here is not), a browser says that the request comes from this very page, and the API sees the cookie
 * that only this page was given at this start.
 */
export function createGuard() {
  const secret = randomBytes(24).toString('base64url');

  function local(request: Request, _response: Response, next: NextFunction): void {
    if (!isLoopbackAddress(request.socket.remoteAddress))
      throw forbidden('This page is only for the machine it runs on.');
    const host = request.headers.host ?? '';
    if (!isLoopbackName(host.replace(/:\d+$/, ''))) throw forbidden('This page answers to loopback names only.');
    const { origin } = request.headers;
    if (origin !== undefined && origin !== `http://${host}`) throw forbidden('The request comes from another page.');
    next();
  }

  /** Gives the page its cookie. Cookies ignore ports, so the port is part of its name. */
  function welcome(request: Request, response: Response): void {
    response.cookie(cookieName(request), secret, { httpOnly: true, sameSite: 'strict', path: '/chat' });
  }

  function known(request: Request, _response: Response, next: NextFunction): void {
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none')
      throw forbidden('The request comes from another page.');
    const given = cookieOf(request, cookieName(request));
    if (given === undefined || !sameSecret(given, secret)) {
      throw new RequestError(403, 'stale-session', 'Talbot was started anew: load the page again.');
    }
    const isFile = request.path === '/files' && request.is('application/octet-stream');
    if (request.method !== 'GET' && !isFile && !request.is('application/json')) throw forbidden('Only JSON is taken.');
    next();
  }

  return { local, welcome, known };
}

function cookieName(request: Request): string {
  return `talbot_${request.socket.localPort ?? 0}`;
}

function cookieOf(request: Request, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(/;\s*/);
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

function sameSecret(given: string, secret: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function isLoopbackAddress(address: string | undefined): boolean {
  return address !== undefined && (/^(?:::ffff:)?127\./.test(address) || address === '::1');
}

function forbidden(message: string): RequestError {
  return new RequestError(403, 'forbidden', message);
}

// A door to a secured node for the trials themselves: plain http on this machine, which signs in where a request does not.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { ADMIN } from '../../src/core/local-node/security.ts';
import { close, listen } from '../helpers/proxy.ts';

/** Of the user `admin` of a node that is made for a trial. */
export const SECRETS = { password: 'Only-4-faults_of-us', storePassword: 'only-4-faults' };

const OWN = `Basic ${Buffer.from(`${ADMIN}:${SECRETS.password}`).toString('base64')}`;

export interface Door {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Opens a door to the node at an https address. @param ca its certificate, in PEM. */
export async function openDoor(target: string, ca: string): Promise<Door> {
  const address = target.replace('localhost', '127.0.0.1');
  const door = createServer((request, response) => passOn({ address, ca, request, response }));
  return { url: `http://127.0.0.1:${await listen(door)}`, close: () => close(door) };
}

interface Passing {
  readonly address: string;
  readonly ca: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** A request of a run keeps its own sign-in, which the node judges. */
function passOn({ address, ca, request, response }: Passing): void {
  const { method, headers, url } = request;
  const sent = { ...headers, authorization: headers.authorization ?? OWN };
  const upstream = httpsRequest(address + url, { method, headers: sent, ca }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  upstream.on('error', () => response.destroy());
  request.pipe(upstream);
}

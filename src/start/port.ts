import { createServer } from 'node:net';
import { StartFault } from './start-fault.js';

/** Says at once that the address cannot be had, instead of after everything else has come up. */
export async function refuseTakenPort(port: number, host: string): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error) => reject(addressFault(error, port, host)));
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

function addressFault(error: NodeJS.ErrnoException, port: number, host: string): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartFault(`Port ${port} is taken. Stop what uses it or set another PORT.`);
    case 'EACCES':
      return new StartFault(`Port ${port} is not allowed to this user. Set a PORT above 1023.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartFault(`HOST ${host} is not an address of this machine.`);
    default:
      return error;
  }
}

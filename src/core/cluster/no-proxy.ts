// What NO_PROXY lists, read as curl, Go and wget do: names, domains, addresses, and blocks of addresses (CIDR).
import { BlockList, isIP } from 'node:net';

export interface Destination {
  /** In lower case, without the brackets of IPv6. */
  readonly host: string;
  readonly port: number;
}

const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** True for `10.0.0.0/8` and a host that is an address in it; names are not looked up. */
function isInBlock(entry: string, host: string): boolean {
  const [, network = '', prefix = ''] = /^\[?([^\]/]+)\]?\/(\d{1,3})$/.exec(entry) ?? [];
  const bits = Number(prefix);
  if (isIP(network) === 0 || isIP(network) !== isIP(host) || bits > (isIP(network) === 6 ? 128 : 32))
    return false;
  const block = new BlockList();
  block.addSubnet(network, bits, family(network));
  return block.check(host, family(host));
}

/** True when an entry means this host: itself, its domain (with or without a leading dot), its block, or `*`. */
function isExcepted(entry: string, { host, port }: Destination): boolean {
  if (entry === '*' || isInBlock(entry, host)) return true;
  const [, name = '', only = ''] =
    /^\[?(.*?)\]?(?::(\d+))?$/.exec(isIP(entry) === 6 ? `[${entry}]` : entry) ?? [];
  if (only !== '' && Number(only) !== port) return false;
  const domain = name.replace(/^\*?\./, '').toLowerCase();
  return domain !== '' && (host === domain || host.endsWith(`.${domain}`));
}

/** True when requests to the host bypass the proxy. @param list the value of NO_PROXY. */
export const bypassesProxy = (list: string, destination: Destination): boolean =>
  list.split(/[\s,]+/).some((entry) => isExcepted(entry, destination));

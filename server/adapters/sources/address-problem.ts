import ipaddr from 'ipaddr.js';

/** Where clouds tell machines who they are and what they may do. Those of most stand in the link-local range. */
const METADATA: readonly string[] = ['100.100.100.200', '168.63.129.16', '192.0.0.192', 'fd00:ec2::254', 'fd20:ce::254'];
/** What no server of artifacts has: loopback, link-local, multicast, and addresses that wrap one of IPv4. */
const REFUSED: readonly string[] = [
  'unspecified',
  'broadcast',
  'multicast',
  'linkLocal',
  'loopback',
  'rfc6145',
  'rfc6052',
  '6to4',
  'teredo',
  'ipv4Mapped',
];

/** Why nothing is fetched from an address; null for one of any network, private ones too. */
export function addressProblem(written: string): string | null {
  if (!ipaddr.isValid(written)) return 'is no address';
  const address = ipaddr.process(written);
  const isMetadata = METADATA.some((one) => ipaddr.parse(one).toNormalizedString() === address.toNormalizedString());
  if (isMetadata) return 'is that of a metadata service';
  return REFUSED.includes(address.range()) || /^0\./.test(written) ? 'means the console’s own machine, or no machine at all' : null;
}

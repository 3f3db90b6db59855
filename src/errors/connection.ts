// Errors on the way to a cluster: network, TLS, the product at the other end, authentication.
import { CHECK_ADDRESS, type ErrorEntry, START_LOCAL } from './entry.ts';
import { EXIT } from './exit.ts';

const INSECURE = 'For a demo only, skip the check for this run: --insecure';

export const CONNECTION_ERRORS = {
  'connection-refused': {
    sentence: 'Nothing is listening on {address}',
    why: 'No program has this port open: OpenSearch is not running there, or it listens on another port or host.',
    actions: () => [START_LOCAL, CHECK_ADDRESS],
    exit: EXIT.unreachable,
    transient: 'soon',
    recoveries: { connect: ['start-node', 'edit-address', 'wait', 'details', 'copy-docker'] },
  },
  'name-unknown': {
    sentence: 'Cannot resolve {host}',
    why: 'Neither DNS nor the hosts file knows this name: usually a typo, or a VPN that is off.',
    actions: () => [CHECK_ADDRESS, START_LOCAL],
    exit: EXIT.unreachable,
    recoveries: { connect: ['edit-address', 'start-node', 'again', 'details'] },
  },
  'dns-failed': {
    sentence: 'The DNS server did not answer the lookup of {host}',
    why: 'This machine has no network, or its DNS server is down. The name itself may be right.',
    actions: () => ['Check the network, then try again', 'Use the IP address in --url'],
    exit: EXIT.unreachable,
    transient: 'soon',
    recoveries: { connect: ['again', 'edit-address', 'start-node', 'details'] },
  },
  unreachable: {
    sentence: 'No route to {address}',
    why: 'The network rejects the connection: a firewall, a VPN that is off, or a wrong address.',
    actions: () => [CHECK_ADDRESS, 'Check VPN and firewall'],
    exit: EXIT.unreachable,
    transient: 'soon',
    recoveries: { connect: ['edit-address', 'start-node', 'wait', 'details'] },
  },
  'port-silent': {
    sentence: '{address} accepts the connection but did not answer within {seconds} s',
    why: 'A proxy or firewall holds the connection, or the cluster is overloaded or still starting.',
    actions: () => ['Try again in a moment', CHECK_ADDRESS],
    exit: EXIT.unreachable,
    transient: 'soon',
    recoveries: { connect: ['wait', 'edit-address', 'start-node', 'copy-curl', 'details'] },
  },
  'connection-dropped': {
    sentence: '{address} closed the connection without answering',
    why: 'A proxy or firewall cut the connection, or the server stopped in the middle of the request.',
    actions: () => ['Try again', CHECK_ADDRESS],
    exit: EXIT.unreachable,
    transient: 'soon',
    recoveries: { connect: ['again', 'edit-address', 'start-node', 'copy-curl', 'details'] },
  },
  'speaks-http': {
    sentence: '{address} speaks plain http, not https',
    why: 'The address starts with https, but the port answers without TLS.',
    actions: ({ otherUrl }) => [otherUrl && `Use --url ${otherUrl}`],
    exit: EXIT.unreachable,
    recoveries: { connect: ['other-url', 'edit-address', 'details'] },
  },
  'wants-https': {
    sentence: '{address} requires https',
    why: 'The port answers a TLS handshake, but the address starts with http.',
    actions: ({ otherUrl }) => [otherUrl && `Use --url ${otherUrl}`],
    exit: EXIT.unreachable,
    recoveries: { connect: ['other-url', 'edit-address', 'details'] },
  },
  'certificate-untrusted': {
    sentence: 'The certificate of {address} is not trusted: {reason}',
    why: 'It is self-signed, or signed by a private CA. OpenSearch ships with such a demo certificate.',
    actions: ({ fingerprint }) => [
      'Trust the CA that signed it: --ca-file ca.pem',
      fingerprint && `Trust this one certificate: --fingerprint ${fingerprint}`,
      INSECURE,
    ],
    exit: EXIT.unreachable,
    recoveries: { connect: ['trust', 'ca-file', 'insecure', 'edit-address', 'details'] },
  },
  'certificate-name': {
    sentence: 'The certificate of {address} is issued for other names: {names}',
    why: 'The certificate does not list the name used in the address.',
    actions: ({ fingerprint }) => [
      'Use one of these names in --url',
      fingerprint && `Trust this one certificate, whatever its names: --fingerprint ${fingerprint}`,
      INSECURE,
    ],
    exit: EXIT.unreachable,
    recoveries: { connect: ['edit-address', 'trust', 'insecure', 'start-node', 'details'] },
  },
  'certificate-changed': {
    sentence: '{address} presents a different certificate from the one you trust',
    why: 'It was renewed, or something in between answers instead. Trusted: {trusted}. Presented: {fingerprint}.',
    actions: ({ fingerprint }) => [
      'Ask whoever runs the cluster whether the certificate was renewed',
      fingerprint && `Then trust the new one: --fingerprint ${fingerprint}`,
    ],
    exit: EXIT.unreachable,
    recoveries: { connect: ['edit-address', 'trust', 'ca-file', 'start-node', 'details'] },
  },
  'certificate-expired': {
    sentence: 'The certificate of {address} is not valid now: {reason}',
    why: 'It has expired or is not valid yet, or the clock of this machine is wrong.',
    actions: () => ['Check the clock of this machine', 'Renew the certificate', INSECURE],
    exit: EXIT.unreachable,
    recoveries: { connect: ['again', 'insecure', 'edit-address', 'details'] },
  },
  'tls-failed': {
    sentence: 'The TLS handshake with {address} failed: {reason}',
    why: 'Client and server share no TLS version or cipher, or the server requires a client certificate.',
    actions: () => [
      'Give the client certificate, if the server requires one: --client-cert and --client-key',
      CHECK_ADDRESS,
      'Ask whoever runs the cluster for its TLS settings',
    ],
    exit: EXIT.unreachable,
    recoveries: { connect: ['edit-address', 'again', 'start-node', 'details'] },
  },
  'not-http': {
    sentence: 'The service on {address} does not speak HTTP',
    why: 'Another service uses this port. The transport port 9300 is easily confused with 9200.',
    actions: () => [CHECK_ADDRESS, START_LOCAL],
    exit: EXIT.unreachable,
    recoveries: { connect: ['edit-address', 'start-node', 'copy-curl', 'details'] },
  },
  'not-opensearch': {
    sentence: '{address} answers, but it is not OpenSearch: {found}',
    why: 'Another product runs at this address.',
    actions: () => [CHECK_ADDRESS, START_LOCAL],
    exit: EXIT.unreachable,
    recoveries: { connect: ['edit-address', 'start-node', 'copy-curl', 'details'] },
  },
  elasticsearch: {
    sentence: '{address} is Elasticsearch {version}, not OpenSearch',
    why: 'Neither the OpenSearch client nor this tool supports Elasticsearch.',
    actions: () => [START_LOCAL, CHECK_ADDRESS],
    exit: EXIT.unreachable,
    recoveries: { connect: ['start-node', 'edit-address', 'details'] },
  },
  redirected: {
    sentence: '{address} redirects to {target} instead of answering',
    why: 'A sign-in page, a proxy or a load balancer answers in place of the cluster. Redirects are not followed, so that nothing you send reaches another address.',
    actions: () => ['Ask whoever runs the cluster for the address that programs use', CHECK_ADDRESS],
    exit: EXIT.unreachable,
    recoveries: { connect: ['edit-address', 'again', 'start-node', 'details'] },
  },
  'answer-too-large': {
    sentence: '{address} answered {request} with more data than a cluster would send',
    why: 'The rest was not read. Something other than OpenSearch is answering, or a proxy changes the responses.',
    actions: () => [CHECK_ADDRESS, 'See what answers there: open it with curl'],
    exit: EXIT.unreachable,
    recoveries: { connect: ['edit-address', 'again', 'copy-curl', 'details'] },
  },
  'answer-cut': {
    sentence: '{address} answered {request} with truncated JSON',
    why: 'A proxy in between, or a cluster that is shutting down, cut the response short.',
    actions: () => ['Try again', CHECK_ADDRESS],
    exit: EXIT.unreachable,
    transient: 'soon',
    recoveries: { connect: ['again', 'edit-address', 'copy-curl', 'details'] },
  },
  'answer-unreadable': {
    sentence: ({ address, request, begins }) =>
      `${address} answered ${request} with something unexpected${begins ? `: ${begins}` : ''}`,
    why: 'A proxy or a sign-in page answers in place of the cluster, or the response was cut short.',
    actions: () => ['Try again', CHECK_ADDRESS],
    exit: EXIT.unreachable,
    recoveries: { connect: ['edit-address', 'again', 'copy-curl', 'details'] },
  },
  'dashboards-port': {
    sentence: '{address} is OpenSearch Dashboards, not OpenSearch',
    why: 'Dashboards usually listens on 5601 and OpenSearch on 9200 of the same host.',
    actions: ({ otherUrl }) => [otherUrl && `Use --url ${otherUrl}`],
    exit: EXIT.unreachable,
    recoveries: { connect: ['other-url', 'edit-address', 'start-node', 'details'] },
  },
  'cluster-starting': {
    sentence: ({ address, status, reason }) =>
      `The cluster at ${address} is not ready (HTTP ${status}${reason ? `: ${reason}` : ''})`,
    why: 'It has just started, is overloaded, has no elected cluster manager, or a proxy in front of it reports it down.',
    actions: () => ['Try again in a few seconds', 'Check the log of the cluster'],
    exit: EXIT.unreachable,
    transient: 'soon',
    recoveries: { connect: ['wait', 'edit-address', 'start-node', 'details'] },
  },
  'cluster-red': {
    sentence: 'Cluster health at {address} is red: some primary shards are unassigned',
    why: 'A node is missing or a disk is full, so part of the data is unavailable.',
    actions: () => ['See why: GET _cluster/allocation/explain', START_LOCAL],
    exit: EXIT.unreachable,
    recoveries: { connect: ['again', 'start-node', 'edit-address', 'copy-curl', 'details'] },
  },
  'proxy-failed': {
    sentence: 'The proxy {proxy} cannot connect to {address}: {reason}',
    why: 'HTTPS_PROXY, HTTP_PROXY or ALL_PROXY in the environment sets this proxy for the address.',
    actions: ({ host }) => [
      host && `Bypass the proxy: NO_PROXY=${host}`,
      'Check the proxy, and whether it allows the connection',
    ],
    exit: EXIT.unreachable,
  },
  'sign-in-missing': {
    sentence: '{address} requires a user name and password',
    why: 'The security plugin is on, and no credentials were given.',
    actions: () => [
      'Set --username and OPENSEARCH_PASSWORD (or --password-file)',
      'Or use a bearer token (--token-file, OPENSEARCH_TOKEN) or a client certificate (--client-cert, --client-key)',
    ],
    exit: EXIT.signIn,
    recoveries: { connect: ['sign-in', 'edit-address', 'start-node', 'details'] },
  },
  'sign-in-refused': {
    sentence: 'Authentication failed (401) for {user} at {address}',
    why: ({ token }) =>
      token === true
        ? 'The token has expired, is meant for another cluster, or the cluster takes no bearer tokens.'
        : 'The user name or the password is wrong, or the user does not exist on this cluster.',
    actions: ({ token }) => [
      token !== true && 'Check --username and OPENSEARCH_PASSWORD (or --password-file)',
      token && 'Get a new token: --token-file or OPENSEARCH_TOKEN',
    ],
    exit: EXIT.signIn,
    recoveries: { connect: ['sign-in', 'edit-address', 'start-node', 'details'] },
  },
  'secret-over-http': {
    sentence: 'The {what} was not sent: {address} uses plain http, so others on the network could read it',
    why: 'Over plain http, credentials are sent to this machine only, unless you allow more.',
    actions: ({ otherUrl }) => [
      otherUrl && `Use https if the cluster has it: --url ${otherUrl}`,
      'Send it anyway: --allow-http',
    ],
    exit: EXIT.usage,
    recoveries: { connect: ['other-url', 'allow-http', 'edit-address', 'details'] },
  },
  'credentials-mixed': {
    sentence: 'Two kinds of credentials are given: {first} and {second}',
    why: 'A request can carry only one of a password, a bearer token and an AWS signature.',
    actions: ({ first, second }) => [first && `Remove ${first}, or remove ${second}`],
    exit: EXIT.usage,
  },
  'client-certificate': {
    sentence: 'The client certificate {file} cannot be used: {reason}',
    why: 'Certificate, key and passphrase have to belong together.',
    actions: () => [
      'Check --client-cert and --client-key (both in PEM)',
      'Set the passphrase of an encrypted key: OPENSEARCH_CLIENT_KEY_PASSPHRASE or --client-key-passphrase-file',
    ],
    exit: EXIT.usage,
  },
  'clock-skew': {
    sentence: 'The clock of this machine is off: {address} rejects the time of a signed request',
    why: 'AWS accepts a signature for about five minutes. It answered: {reason}',
    actions: () => ['Set the clock of this machine, or turn on its time synchronization, then try again'],
    exit: EXIT.signIn,
    recoveries: { connect: ['again', 'edit-address', 'details'] },
  },
  'aws-keys-refused': {
    sentence: 'AWS rejected the signature of a request to {address}: {reason}',
    why: 'The credentials in the environment are not valid for this account or region.',
    actions: () => [
      'Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or get new ones',
      'Check --aws-region',
    ],
    exit: EXIT.signIn,
    recoveries: { connect: ['again', 'edit-address', 'details'] },
  },
  'aws-keys-missing': {
    sentence: 'Request signing is on for {region}, but no AWS credentials were found',
    why: '--aws-region signs every request with the credentials in the environment, and they are not set.',
    actions: () => [
      'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN for temporary credentials)',
    ],
    exit: EXIT.signIn,
  },
  forbidden: {
    sentence: 'Permission denied (403) for {user} at {address}: {action}',
    why: 'Authentication succeeded, but the role lacks this permission.',
    actions: ({ index }) => [
      index && `Use a user who may create and write the index ${index}`,
      'Ask an administrator for the permission; incident-demo doctor --role prints the least role of a run',
    ],
    exit: EXIT.signIn,
    recoveries: { connect: ['sign-in', 'edit-address', 'start-node', 'details'] },
  },
} as const satisfies Record<string, ErrorEntry>;

// Errors about who you are to a cluster: credentials, request signing, permissions.
import type { ErrorEntry } from './entry.ts';
import { EXIT } from './exit.ts';

export const SIGN_IN_ERRORS = {
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
    recoveries: { connect: ['sign-in', 'again', 'edit-address', 'details'] },
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

// Errors with OpenSearch Dashboards: finding it, and storing what belongs to a data set.
import type { ErrorEntry } from './entry.ts';
import { EXIT } from './exit.ts';

const BY_HAND =
  'Or import a file by hand (Stack Management, Saved Objects, Import): incident-demo dashboards export dashboards.ndjson';
const WITHOUT = 'Load without it: leave out --dashboards, and install the dashboards later';
const LATER = 'Try again: incident-demo dashboards install';
const ADDRESS = 'Check the address: --dashboards http://host:5601, with its base path if it has one';

export const DASHBOARDS_ERRORS = {
  'dashboards-unreachable': {
    sentence: 'No OpenSearch Dashboards answers at {address}: {reason}',
    why: 'It is not running there, or listens on another port (usually 5601).',
    actions: () => [ADDRESS, WITHOUT, BY_HAND],
    exit: EXIT.unreachable,
  },
  'not-dashboards': {
    sentence: '{address} answers, but it is not OpenSearch Dashboards ({found})',
    why: 'The address leads to another product, or lacks the base path of Dashboards.',
    actions: () => [ADDRESS, WITHOUT],
    exit: EXIT.unreachable,
  },
  'dashboards-redirect': {
    sentence: '{address} redirects to {target}, which is another host',
    why: 'A sign-in page or a proxy stands in front of Dashboards. Credentials are not sent there.',
    actions: () => ['Use an address that leads to Dashboards without a sign-in page', BY_HAND],
    exit: EXIT.unreachable,
  },
  'dashboards-not-ready': {
    sentence: 'OpenSearch Dashboards at {address} is not ready ({state})',
    why: ({ version }) =>
      `It is starting, has lost its cluster, or does not fit it: Dashboards needs an OpenSearch of its own major version and not older than itself.${version ? ` Yours is ${version}.` : ''}`,
    actions: () => [
      'Wait a minute, then try again',
      'Its log says which versions do not fit',
      WITHOUT,
      BY_HAND,
    ],
    exit: EXIT.unreachable,
  },
  'dashboards-sign-in': {
    sentence: 'OpenSearch Dashboards at {address} rejects these credentials (HTTP {status})',
    why: 'It gets the credentials of the cluster unless it is given its own. Without a user name it may be open only to people who sign in.',
    actions: () => [
      'Give --username and OPENSEARCH_PASSWORD of a user who may save objects',
      'Or credentials for Dashboards alone: --dashboards-username and OPENSEARCH_DASHBOARDS_PASSWORD (or --dashboards-password-file)',
      BY_HAND,
    ],
    exit: EXIT.signIn,
  },
  'dashboards-other-cluster': {
    sentence: 'OpenSearch Dashboards at {address} looks at another cluster: {difference}',
    why: 'Its panels would be empty. opensearch.hosts in its configuration names the cluster it looks at.',
    actions: () => [
      'Use the Dashboards of this cluster',
      'Or load the data into the cluster that it looks at: --url',
    ],
    exit: EXIT.unreachable,
  },
  'dashboards-workspace': {
    sentence: 'OpenSearch Dashboards at {address} has workspaces, and the address names none',
    why: 'Objects saved outside a workspace do not appear in any workspace.',
    actions: ({ address, names }) => [
      address && `Use the address of a workspace, such as ${address}/w/ID`,
      names && `Workspaces there: ${names}`,
    ],
    exit: EXIT.usage,
  },
  'dashboards-docker': {
    sentence: 'Docker did not start OpenSearch Dashboards: {reason}',
    why: 'The image could not be downloaded, or another program has port 5601.',
    actions: ({ docker }) => [docker && `See what it says: ${docker}`, BY_HAND],
    exit: EXIT.unexpected,
  },
  'dashboards-taken': {
    sentence: 'OpenSearch Dashboards has an object {id} that this tool did not make',
    why: 'This tool never overwrites objects that it did not make.',
    actions: () => [
      'Rename or delete it in Stack Management, Saved Objects',
      'Or load under another name: --index',
    ],
    exit: EXIT.indexExists,
  },
  'dashboards-import': {
    sentence: 'OpenSearch Dashboards did not save the dashboards: {reason}',
    why: '',
    actions: () => [LATER, BY_HAND],
    exit: EXIT.unexpected,
  },
  'dashboards-empty-panel': {
    sentence: 'The panel "{title}" finds nothing in {index}',
    why: 'The dashboards were not saved: this panel would stay empty.',
    actions: () => ['Check that the index holds the data: incident-demo validate'],
    exit: EXIT.checkFailed,
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;

// Errors about an index: whether it exists, whose it is, whether it takes the data.
import type { ErrorEntry } from './entry.ts';
import { EXIT } from './exit.ts';

const OTHER_NAME = 'Choose another name: --index NAME';
const AGAIN = 'Then load again with --on-conflict append (nothing is duplicated)';

/** The way out of each kind of block. */
const UNBLOCK: Readonly<Record<string, readonly string[]>> = {
  disk: ['Free disk space, then load again with --on-conflict append (nothing is duplicated)'],
  index: ['Lift the block: set index.blocks.write and index.blocks.read_only of INDEX to null', AGAIN],
  read: ['Lift the block: set index.blocks.read of INDEX to null, or take it out of its template', AGAIN],
  metadata: [
    'Lift the block: set index.blocks.metadata of INDEX to null, or take it out of its template',
    AGAIN,
  ],
  cluster: ['Ask whoever made the cluster read-only, or set cluster.blocks.read_only to null', AGAIN],
  create: [
    'Free disk space: the cluster takes new indexes again once a disk is below its high watermark',
    'If someone set cluster.blocks.create_index, lift it',
  ],
  template: [
    'Take the block out of the index template, or choose a name that it does not match: --index NAME',
  ],
  shards: [
    'Delete indexes you do not need, or raise cluster.max_shards_per_node',
    'Load into an index that exists: --on-conflict append',
  ],
  'no-data-node': ['Add a node with the data role: this cluster has none'],
  allocation: [
    'See why: GET _cluster/allocation/explain',
    'Choose a name that no template sends to missing nodes: --index NAME',
  ],
  closed: ['Open it: POST INDEX/_open', OTHER_NAME],
};

const LOAD_BESIDE = 'Load into a new index beside it: --on-conflict new';

export const INDEX_ERRORS = {
  'writes-blocked': {
    sentence: 'The cluster blocks writes to {index}: {reason}',
    why: ({ kind }) =>
      kind === undefined || kind === 'disk'
        ? 'OpenSearch makes an index read-only itself when a disk is nearly full.'
        : 'A setting of the cluster, the index or its template says so. It does not pass by itself.',
    actions: ({ kind, index }) =>
      (UNBLOCK[String(kind ?? 'disk')] ?? Object.values(UNBLOCK).flat()).map((line) =>
        line.replace('INDEX', String(index)),
      ),
    exit: EXIT.incomplete,
    transient: 'unblocked',
    recoveries: { connect: ['again', 'start-node', 'edit-address', 'details'] },
  },
  'too-little-room': {
    sentence:
      'Not enough disk space: {documents} documents of {each} bytes need about {needed}; {free} is available',
    why: 'A cluster blocks all writes when its disks reach the flood-stage watermark. Nothing was written.',
    actions: ({ sample }) => [
      sample && `Keep fewer sessions: --sample ${sample} or more`,
      'Generate fewer days: --days',
      'Free disk space',
    ],
    exit: EXIT.usage,
    recoveries: { run: ['tune', 'resume', 'edit-address', 'details'] },
  },
  'index-exists': {
    sentence: 'The index {index} already exists ({documents} documents, {origin})',
    why: 'An earlier run or another program created it. Nothing was written.',
    actions: ({ index, ours, fits, alone, parts }) => [
      alone && LOAD_BESIDE,
      fits && 'Add to it (the same seed duplicates nothing): --on-conflict append',
      ours && alone && 'Delete it and load again: --on-conflict replace',
      ours && parts && `Delete it once, then load every part: incident-demo clean --index ${index}`,
      OTHER_NAME,
    ],
    exit: EXIT.indexExists,
    recoveries: { run: ['look-again', 'review', 'details'] },
  },
  'index-not-ours': {
    sentence: 'The index {index} was not made by this tool, so it is not deleted',
    why: 'Its mapping has no _meta of incident-demo.',
    actions: () => [OTHER_NAME, 'Delete it in the wizard, which asks you to type its name'],
    exit: EXIT.indexExists,
    recoveries: { run: ['look-again', 'review', 'details'] },
  },
  'companion-taken': {
    sentence: 'The incidents of {index} cannot be marked: {companion} was not made for it by this tool',
    why: 'This tool never writes to an index that it did not make. Nothing was written.',
    actions: () => ['Leave out --mark-incidents', OTHER_NAME],
    exit: EXIT.indexExists,
    recoveries: { run: ['look-again', 'review', 'details'] },
  },
  'index-remade': {
    sentence: 'The index {index} was deleted to be replaced, but another program recreated it first',
    why: 'Something writes to it: a cluster creates an index automatically when documents arrive. This run loaded nothing.',
    actions: ({ index }) => [index && `Stop what writes to ${index}, then run this again`, OTHER_NAME],
    exit: EXIT.indexExists,
    recoveries: { run: ['look-again', 'review', 'details'] },
  },
  'index-shared': {
    sentence: 'The index {index} was not created by this run, so it is not deleted',
    why: 'The run only added documents to it, and they cannot be told apart from the others.',
    actions: ({ index }) => [
      index && `Remove the whole index, if this tool made it: incident-demo clean --index ${index}`,
    ],
    exit: EXIT.indexExists,
    recoveries: { remove: ['forget', 'details'] },
  },
  'mapping-differs': {
    sentence: 'The mapping of {index} does not fit this data: {differences}',
    why: 'It was created with another mapping, so documents would be rejected or missed by the checks.',
    actions: ({ alone }) => [alone && LOAD_BESIDE, OTHER_NAME],
    exit: EXIT.indexExists,
  },
  'index-missing': {
    sentence: 'There is no index {index} at {address}',
    why: 'It was never loaded there, or it was deleted.',
    actions: () => ['Load it: incident-demo run', 'Check --index and --url'],
    exit: EXIT.usage,
  },
  'index-name': {
    sentence: '"{index}" cannot be an index name: {reason}',
    why: 'OpenSearch requires lower-case names without spaces, commas, wildcards or a leading _ - + or dot.',
    actions: () => [OTHER_NAME],
    exit: EXIT.usage,
  },
  'other-plan': {
    sentence: 'The index {index} holds other data than this version plans: version {made} made it',
    why: 'This is version {here}. What is said of an index follows from the plan of its run, which it cannot make again.',
    actions: ({ index }) => [
      'Check it with the version that made it',
      index && `Load it anew: incident-demo run --index ${index} --on-conflict replace`,
      LOAD_BESIDE,
    ],
    exit: EXIT.usage,
  },
  'not-a-run': {
    sentence: 'The index {index} does not say which run made it',
    why: 'The checks need the plan of the run, which this tool keeps in the _meta of the indexes it makes.',
    actions: () => ['Use an index made by this tool: --index NAME', 'Load one: incident-demo run'],
    exit: EXIT.usage,
  },
} as const satisfies Record<string, ErrorEntry>;

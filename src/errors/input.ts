// Errors in what the tool is given: flags, presets, files to read, places to write, runs to resume.
import type { ErrorEntry, ErrorValues } from './entry.ts';
import { EXIT } from './exit.ts';

const helpOf = (command: ErrorValues[string]) => `See incident-demo ${command ? `${command} ` : ''}--help`;

export const INPUT_ERRORS = {
  usage: {
    sentence: '{problem}',
    why: '',
    actions: ({ command }) => [helpOf(command)],
    exit: EXIT.usage,
  },
  parameter: {
    sentence: ({ flag, problem }) =>
      String(problem).startsWith('needs ') ? `${flag} ${problem}` : `${flag}: ${problem}`,
    why: 'The value is not one the parameter accepts.',
    actions: ({ command }) => [helpOf(command)],
    exit: EXIT.usage,
  },
  argument: {
    sentence: '{problem}',
    why: 'A program that uses this one as a library passed a value that the function does not accept.',
    actions: () => ['See docs/library.md for what each function accepts'],
    exit: EXIT.usage,
  },
  preset: {
    sentence: 'The preset {file} is not valid: {problem}',
    why: 'A preset file follows presets/preset.schema.json.',
    actions: () => ['Fix the field named above', 'Start from one of the files in presets/'],
    exit: EXIT.usage,
  },
  'answer-missing': {
    sentence: ({ what }) =>
      what === '--yes'
        ? 'Deleting needs confirmation: add --yes, or run it in a terminal'
        : `There is no terminal to prompt on, and ${what} is missing`,
    why: 'Without a terminal, every answer comes from flags or environment variables.',
    actions: ({ example }) => [example && String(example)],
    exit: EXIT.usage,
  },
  'file-unreadable': {
    sentence: ({ file, folder, reason, noData }) =>
      noData === true
        ? `No data in ${folder}: run incident-demo generate first, or set --output-dir`
        : `The file ${file} cannot be read: ${reason}`,
    why: 'It does not exist, or you have no permission to read it.',
    actions: ({ noData }) => [noData !== true && 'Check the path'],
    exit: EXIT.usage,
    recoveries: { connect: ['ca-file', 'edit-address', 'start-node', 'details'] },
  },
  'log-unwritable': {
    sentence: 'The log file {file} cannot be written: {reason}',
    why: 'Its folder does not exist, you have no permission to write there, or the disk is full.',
    actions: () => ['Choose another file: --log-file FILE'],
    exit: EXIT.usage,
  },
  'output-unwritable': {
    sentence: 'Cannot write to {folder}: {reason}',
    why: 'The system rejected the write, or the folder holds files that this tool did not write.',
    actions: () => ['Choose another folder: --output-dir DIR'],
    exit: EXIT.usage,
  },
  'stdout-unwritable': {
    sentence: 'Standard output cannot be written: {reason}',
    why: 'It goes to a full disk, or to a device that accepts nothing; the output is incomplete.',
    actions: () => [
      'Free disk space, or redirect the output elsewhere',
      'Write files instead: generate --output-dir DIR',
    ],
    exit: EXIT.usage,
  },
  'state-unwritable': {
    sentence: 'The state folder {folder} cannot be written: {reason}',
    why: 'You have no permission to write there, others could write there too, a file is in the way, or the disk is full. Nothing was loaded.',
    actions: () => ['Choose a place that only you can write: XDG_STATE_HOME=DIR'],
    exit: EXIT.usage,
  },
  'data-file': {
    sentence: '{file}, line {line}: {problem}',
    why: 'The file was changed or truncated after it was generated.',
    actions: () => ['Generate it again: incident-demo generate'],
    exit: EXIT.usage,
  },
  detections: {
    sentence: '{file}, line {line}: {problem}',
    why: 'Detections are CSV or a JSON list: start, end and, if you have them, component and reason; or minutes with a flag.',
    actions: () => ['Fix the line named above', 'docs/answer-key.md lists the components and reasons'],
    exit: EXIT.usage,
  },
  results: {
    sentence: 'The anomaly results in {index} cannot be scored: {problem}',
    why: 'Results of anomaly detection have detector_id, anomaly_grade, data_start_time and data_end_time.',
    actions: () => [
      'Check the name of the result index: --results NAME',
      'Name the detector: --detector ID (GET _plugins/_anomaly_detection/detectors/_search lists them)',
    ],
    exit: EXIT.usage,
  },
  'nothing-refused': {
    sentence: 'The file {file} holds no documents, so nothing was sent',
    why: 'It is empty, or all of its documents were loaded before.',
    actions: () => ['Check what is in the index: incident-demo validate', 'Check the path'],
    exit: EXIT.usage,
  },
  'run-unknown': {
    sentence: ({ id }) =>
      id ? `There is no unfinished run ${id} to resume` : 'There is no unfinished run to resume',
    why: 'It finished, it was removed, or it belongs to another user.',
    actions: () => ['Start a new one: incident-demo run'],
    exit: EXIT.usage,
  },
  'run-damaged': {
    sentence: 'Run {id} cannot be resumed: its state file is damaged ({file}, {problem})',
    why: 'The file was changed, or lost on a full or failing disk. What the run loaded is still in its index.',
    actions: ({ other }) => [
      'Load what is missing: the same run again with its --seed and --now, and --on-conflict append (nothing is duplicated)',
      other && `Resume the other unfinished run: --resume ${other}`,
      'Remove the folder of that file to forget the run',
    ],
    exit: EXIT.usage,
  },
  'node-version': {
    sentence: 'Node {found} is not supported: incident-demo needs Node {wanted}',
    why: 'It uses features of Node that other versions lack.',
    actions: () => ['Install a current Node', 'In a clone of the repository, npm start brings its own'],
    exit: EXIT.usage,
  },
} as const satisfies Record<string, ErrorEntry>;

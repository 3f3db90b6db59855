// The commands, for the parser, --help and the README.

export const COMMANDS = [
  { name: 'wizard', usage: '', words: 0, help: 'Open the wizard' },
  {
    name: 'run',
    usage: 'run',
    words: 0,
    help: 'Do the whole job without questions: plan, generate, load, check',
  },
  { name: 'generate', usage: 'generate', words: 0, help: 'Write files only' },
  { name: 'load', usage: 'load', words: 0, help: 'Load files generated earlier (--output-dir), then check' },
  {
    name: 'validate',
    usage: 'validate',
    words: 0,
    help: 'Run the checks again on an index made by this tool',
  },
  {
    name: 'doctor',
    usage: 'doctor',
    words: 0,
    help: 'Try the connection step by step and say what is wrong',
  },
  { name: 'clean', usage: 'clean', words: 0, help: 'Remove the index a run made, and only that' },
  { name: 'node', usage: 'node start|stop|status', words: 1, help: 'The local OpenSearch node' },
  { name: 'explain', usage: 'explain CODE', words: 1, help: 'What an error code means and what to do' },
] as const;

export type CommandName = (typeof COMMANDS)[number]['name'];

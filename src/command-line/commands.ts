// The commands, for the parser, --help and the README.

export const COMMANDS = [
  {
    name: 'wizard',
    usage: '',
    words: 0,
    help: 'Open the wizard',
    examples: ['incident-demo', 'incident-demo --url https://search.example.com:9200 --username admin'],
  },
  {
    name: 'run',
    usage: 'run',
    words: 0,
    help: 'Plan, generate, load and check, without prompting',
    examples: ['incident-demo run --local', 'incident-demo run --days 3 --preset memory-pressure --seed 7'],
  },
  {
    name: 'generate',
    usage: 'generate',
    words: 0,
    help: 'Write the data to files, or to standard output',
    examples: [
      'incident-demo generate --output-dir ./data --seed 7',
      'incident-demo generate --stdout --days 1 --preset none > bulk.ndjson',
    ],
  },
  {
    name: 'load',
    usage: 'load',
    words: 0,
    help: 'Load files written by generate (--output-dir), then check the index',
    examples: [
      'incident-demo load --output-dir ./data --local',
      'incident-demo load --refused refused.ndjson --index my_index',
    ],
  },
  {
    name: 'validate',
    usage: 'validate',
    words: 0,
    help: 'Repeat the checks on an index made by this tool',
    examples: ['incident-demo validate --local', 'incident-demo validate --index my_index --json'],
  },
  {
    name: 'guide',
    usage: 'guide',
    words: 0,
    help: 'Print the investigation guide of an index, or write it to --output-dir',
    examples: [
      'incident-demo guide --local',
      'incident-demo guide --index my_index --guide-format html --output-dir ./guide',
    ],
  },
  {
    name: 'doctor',
    usage: 'doctor',
    words: 0,
    help: 'Test the connection step by step and explain what fails',
    examples: [
      'incident-demo doctor --url https://search.example.com:9200 --ca-file ca.pem',
      'incident-demo doctor --role --index my_index > role.json',
    ],
  },
  {
    name: 'dashboards',
    usage: 'dashboards install|remove|export FILE',
    words: 2,
    help: "Install an index's dashboards, remove them, or write them to a file",
    examples: [
      'incident-demo dashboards install --dashboards http://localhost:5601',
      'incident-demo dashboards export dashboards.ndjson --index my_index',
    ],
  },
  {
    name: 'live',
    usage: 'live [start TYPE|stop|status]',
    words: 2,
    help: 'Keep the shop running in real time, and break it on demand',
    examples: [
      'incident-demo live --local',
      'incident-demo live --at 3m:payment-gateway-timeout:major --at 12m:recover',
    ],
  },
  {
    name: 'score',
    usage: 'score [FILE]',
    words: 1,
    help: 'Score the detections of a file or an anomaly detector against the answer key',
    examples: [
      'incident-demo score detections.csv --key output/incidents.json',
      'incident-demo score --results opensearch-ad-plugin-result-checkout --json',
    ],
  },
  {
    name: 'export',
    usage: 'export agent-health|openrca|csv',
    words: 1,
    help: 'Write the data set of --output-dir as test cases for agents, or as metrics',
    examples: ['incident-demo export agent-health --output-dir ./data', 'incident-demo export csv'],
  },
  {
    name: 'clean',
    usage: 'clean',
    words: 0,
    help: 'Delete the index and dashboards a run made, and only those',
    examples: ['incident-demo clean --index my_index', 'incident-demo clean --local --yes'],
  },
  {
    name: 'node',
    usage: 'node start|stop|status',
    words: 1,
    help: 'Start, stop or inspect the local OpenSearch node',
    examples: ['incident-demo node start', 'incident-demo node start --secure'],
  },
  {
    name: 'explain',
    usage: 'explain [CODE]',
    words: 1,
    help: 'Explain an error code and what to do about it',
    examples: ['incident-demo explain', 'incident-demo explain connection-refused'],
  },
] as const;

export type CommandName = (typeof COMMANDS)[number]['name'];

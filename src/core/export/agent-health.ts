// Test cases for OpenSearch Agent Health (opensearch-project/agent-health): the prompt for an agent, and what it must find.
// The fields are those of lib/testCaseValidation.ts there.
import { grouped } from '../../text/numbers.ts';
import { STORED_TRANSACTIONS } from '../documents/transactions.ts';
import type { AnswerEntry } from '../ground-truth/answer-key.ts';
import { COMPONENT_MEANINGS, MITIGATION_MEANINGS, REASON_MEANINGS } from '../ground-truth/vocabulary.ts';
import type { Severity } from '../plan/labels.ts';
import { BALANCERS, CHECKOUT_STEPS, GATEWAYS, SERVERS } from '../plan/shop.ts';
import type { ExportedFile } from './exported-file.ts';
import { HALF_HOUR_MS, halfHourOf, localTime } from './local-time.ts';

/** One test case, as Agent Health imports it. */
export interface TestCase {
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly subcategory: string;
  readonly difficulty: 'Easy' | 'Medium' | 'Hard';
  readonly initialPrompt: string;
  readonly context: readonly { readonly description: string; readonly value: string }[];
  readonly expectedOutcomes: readonly string[];
}

export interface AgentHealthRequest {
  readonly key: readonly AnswerEntry[];
  /** The index that the agent investigates. */
  readonly index: string;
  /** IANA name of the shop's zone. */
  readonly timeZone: string;
}

const DIFFICULTY: Readonly<Record<Severity, TestCase['difficulty']>> = {
  major: 'Easy',
  minor: 'Medium',
  subtle: 'Hard',
  silent: 'Hard',
};

const lines = (meanings: Readonly<Record<string, string>>) =>
  Object.entries(meanings)
    .map(([value, meaning]) => `- ${value}: ${meaning}`)
    .join('\n');

const fields = () =>
  Object.entries(STORED_TRANSACTIONS.mapping.properties)
    .map(([name, { type, properties }]) =>
      properties
        ? Object.keys(properties)
            .map((inner) => `${name}.${inner}`)
            .join(', ')
        : `${name} (${type})`,
    )
    .join(', ');

/** What an agent may know before it begins: the same in every case, so that nothing gives the answer away. */
const contextOf = (index: string, timeZone: string): TestCase['context'] => [
  {
    description: 'Index',
    value: `Index ${index}, one document for each checkout request, written when the request ends (@timestamp, UTC). Each stands for sample_weight requests. Fields: ${fields()}`,
  },
  {
    description: 'Shop',
    value: `An online shop in the time zone ${timeZone}. Servers ${SERVERS.join(', ')} behind the load balancers ${BALANCERS.join(', ')}; payment gateways ${GATEWAYS.join(', ')}; steps of a checkout ${CHECKOUT_STEPS.join(', ')}.`,
  },
  { description: 'Possible components of a root cause', value: lines(COMPONENT_MEANINGS) },
  { description: 'Possible reasons', value: lines(REASON_MEANINGS) },
];

const counts = (errors: Readonly<Record<string, number>>) =>
  Object.entries(errors)
    .map(([code, count]) => `${grouped(count)} ${code}`)
    .join(', ');

function whereOutcomes({ affected: { gateway, servers, balancer } }: AnswerEntry): string[] {
  const place =
    servers.length === SERVERS.length
      ? 'Finds that all three servers are affected'
      : `Names ${servers.join(' and ')}, and no other server, as affected`;
  return [
    ...(gateway === undefined ? [] : [`Names ${gateway}, and no other payment gateway, as failing`]),
    place,
    ...(balancer === undefined ? [] : [`Finds that only customers of ${balancer} are affected`]),
  ];
}

function incidentOutcomes(entry: AnswerEntry): string[] {
  const { component, reason, root_cause, onset, start, end, mitigation, mitigated_at, expected } = entry;
  const codes = counts(expected?.errors ?? {});
  return [
    `Names the component ${component} and the reason ${reason}: ${root_cause}`,
    `Dates the beginning to ${onset}, give or take two minutes`,
    ...whereOutcomes(entry),
    ...(codes === '' ? [] : [`Finds these errors from ${start} to ${end}: ${codes}`]),
    ...(expected
      ? [`Finds a p95 response time of ${grouped(expected.p95_response_time_ms)} ms from ${start} to ${end}`]
      : []),
    ...(mitigation && mitigated_at
      ? [`Says how it ended, around ${mitigated_at}: ${MITIGATION_MEANINGS[mitigation]}`]
      : []),
  ];
}

const herringOutcomes = ({ root_cause, component, reason }: AnswerEntry): string[] => [
  'Concludes that nothing was broken and no action is needed',
  `Explains what it saw by ${component}, ${reason}: ${root_cause}`,
];

/** The half hours of local clocks around an entry. */
function period({ start, recovered }: AnswerEntry, timeZone: string): readonly [from: number, to: number] {
  const from = halfHourOf(Date.parse(start), timeZone);
  const last = halfHourOf(Date.parse(recovered) - 1, timeZone);
  return [from, last + HALF_HOUR_MS];
}

function caseOf(entry: AnswerEntry, number: number, { index, timeZone }: AgentHealthRequest): TestCase {
  const [from, to] = period(entry, timeZone);
  const [fromText, toText] = [from, to].map((ms) => localTime(ms, timeZone).slice(0, 16));
  const isIncident = entry.kind === 'incident';
  return {
    name: `Checkout case ${number}, ${localTime(Date.parse(entry.start), timeZone).slice(0, 16)}`,
    description: `${entry.title}: ${entry.root_cause}`,
    category: 'RCA',
    subcategory: isIncident ? 'Incident' : 'Red herring',
    difficulty: entry.severity === null ? 'Medium' : DIFFICULTY[entry.severity],
    initialPrompt: `Something looked unusual in the checkout of our shop between ${fromText} and ${toText} (${timeZone}), that is ${new Date(from).toISOString()} to ${new Date(to).toISOString()}. The requests are in the OpenSearch index ${index}. Find out whether there was an incident. If there was, say when it began, who and what was affected, which component holds the root cause and why, and how it ended. If there was none, say what explains what we saw.`,
    context: contextOf(index, timeZone),
    expectedOutcomes: isIncident ? incidentOutcomes(entry) : herringOutcomes(entry),
  };
}

/** A test case for each entry of an answer key, red herrings too, in its order. */
export const agentHealthCases = (request: AgentHealthRequest): TestCase[] =>
  request.key.map((entry, at) => caseOf(entry, at + 1, request));

/** The file that Agent Health imports. */
export const agentHealthFiles = (request: AgentHealthRequest): ExportedFile[] => [
  {
    path: 'agent-health.json',
    text: `${JSON.stringify(agentHealthCases(request), null, 2)}\n`,
    ours: /^\[\s*(?:\{\s*"name": "Checkout case |\])/,
  },
];

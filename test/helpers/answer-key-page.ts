// The parts of docs/answer-key.md that are made from the program: the rule, and the closed lists.
import { MINUTE_RULE } from '../../src/core/generate/count/minute-rule.ts';
import {
  COMPONENT_MEANINGS,
  KIND_MEANINGS,
  MITIGATION_MEANINGS,
  REASON_MEANINGS,
  SEVERITY_MEANINGS,
} from '../../src/core/ground-truth/vocabulary.ts';
import { INCIDENT_CODES, MODELS } from '../../src/core/plan/models/registry.ts';
import { grouped } from '../../src/text/numbers.ts';
import { withParts } from './markdown.ts';

const list = (name: string, meanings: Readonly<Record<string, string>>) =>
  [
    `### ${name}`,
    '',
    '| value | means |',
    '|---|---|',
    ...Object.entries(meanings).map(([value, meaning]) => `| \`${value}\` | ${meaning} |`),
  ].join('\n');

const typeMeanings = Object.fromEntries(MODELS.map(({ type, rootCause }) => [type, `${rootCause}.`]));

const lists = () =>
  [
    list('kind', KIND_MEANINGS),
    list('type', typeMeanings),
    list('severity', SEVERITY_MEANINGS),
    list('component', COMPONENT_MEANINGS),
    list('reason', REASON_MEANINGS),
    list('mitigation', MITIGATION_MEANINGS),
    `### Error codes of incidents\n\n${INCIDENT_CODES.map((code) => `\`${code}\``).join(', ')}`,
  ].join('\n\n');

const { slowMs, slowPercent, errorPercent, least } = MINUTE_RULE;
const rule = () =>
  `It is the alarm that any shop has. It looks at one whole minute of UTC at a time, at all documents of the shop, and fires when
more than ${slowPercent} % of them take longer than ${grouped(slowMs)} ms (p95 is above ${grouped(slowMs)} ms), or when ${errorPercent} % or more have the \`status\` error; in
either case ${least} documents at least, because fewer are chance. The first minute it looks at is the one that holds \`start\`,
the last one begins before \`recovered\`.`;

/** The page with its generated parts made afresh. Throws when a mark is missing. */
export const withAnswerParts = (page: string): string => withParts(page, { rule, lists });

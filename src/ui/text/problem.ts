// What every error panel says: what happened, why, how far it got, what can be done.
import { expectedText, foundText } from '../../core/validate/result-text.ts';
import { type AppError, asAppError, usualReason } from '../../errors/app-error.ts';
import { plainLines, plainText } from '../../text/plain-text.ts';
import {
  checkRecoveries,
  connectionRecoveries,
  indexRecoveries,
  keptRecoveries,
  nodeRecoveries,
  type Recovery,
  removeRecoveries,
  runRecoveries,
  silentRecoveries,
} from '../../wizard/recovery.ts';
import type { WizardState } from '../../wizard/state.ts';
import { curlLine, devToolsLines, outcomeLines } from './check-text.ts';
import { type LadderRow, ladderRows } from './connect-text.ts';
import { loadErrorLines } from './load-text.ts';
import { adviceOf } from './summary-text.ts';

export interface Problem {
  readonly sentence: string;
  readonly why: string;
  /** The certificate that was shown; left out when there is none. */
  readonly shown?: readonly string[];
  /** Left out when no ladder was climbed. */
  readonly ladder?: readonly LadderRow[];
  readonly recoveries: readonly Recovery[];
  /** For the curious: code, raw error, causes, stack. */
  readonly details: readonly string[];
}

function detailsOf(error: AppError): readonly string[] {
  const advice = error.explain().actions.map((action) => `- ${plainText(action)}`);
  const lines = [`Code: ${error.code} (incident-demo explain ${error.code})`, '', ...advice];
  const seen = new Set<unknown>();
  for (let cause: unknown = error.cause; cause !== undefined && !seen.has(cause); ) {
    seen.add(cause);
    lines.push('', ...plainLines(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)));
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return lines;
}

const LONGEST_HINT = 40;

/** What the system itself said, such as `ECONNREFUSED 127.0.0.1:9200`; empty when nothing did, or too much. */
function rawWords({ cause }: AppError): string {
  let last: unknown = cause;
  for (let depth = 0; depth < 5 && last instanceof Error && last.cause instanceof Error; depth++)
    last = last.cause;
  if (!(last instanceof Error)) return '';
  const words = plainText(last.message.replace(/^connect /, ''));
  return words.length <= LONGEST_HINT ? words : '';
}

function problemOf(error: AppError, recoveries: readonly Recovery[]): Problem {
  const { sentence, why } = error.explain();
  const shown = certificateLines(error);
  return {
    sentence: plainText(sentence),
    why: plainText(why),
    ...(shown.length > 0 ? { shown } : {}),
    recoveries: recoveries.map((each) => (each.id === 'details' ? { ...each, hint: rawWords(error) } : each)),
    details: detailsOf(error),
  };
}

/** Whose certificate it is, until when, and its SHA-256 in groups that can be compared by eye. */
function certificateLines({ values }: AppError): readonly string[] {
  const { subject, names, validTo, fingerprint } = values;
  if (fingerprint === undefined) return [];
  // Node writes `Nov 24 08:00:00 2027 GMT`; the day is enough.
  const end = String(validTo).replace(/^(\w+ +\d+) [\d:]+ (\d+).*$/, '$1 $2');
  const whose = subject === undefined ? [] : [`for ${names ?? subject}, until ${end}`];
  return [...whose, `SHA-256 ${fingerprint}`].map((line) => plainText(String(line)));
}

function runProblem({ run }: WizardState): Problem | undefined {
  const failure = run?.done?.error;
  if (!run?.done || !failure) return undefined;
  return {
    sentence: plainText(failure.message),
    why: usualReason(failure.code),
    recoveries: runRecoveries(failure.code, run.done.documents.acknowledged),
    details: [
      `Code: ${failure.code} (incident-demo explain ${failure.code})`,
      '',
      ...adviceOf(failure.actions),
      '',
      ...(run.refusals.length > 0 ? [...loadErrorLines(run), ''] : []),
      ...run.log.map(plainText),
    ],
  };
}

/** A check that failed, in the form of every error. */
function checkProblem({ run, answers }: WizardState, id: string): Problem | undefined {
  const check = run?.checks.find((each) => each.id === id);
  if (!check) return undefined;
  const { title, query } = check;
  const url = run?.done?.url || answers.settings.url;
  const user = answers.settings.local ? undefined : answers.settings.username;
  return {
    sentence: plainText(title),
    why: plainText(
      `Expected ${expectedText(check)}, found ${foundText(check)}. ${usualReason('checks-failed')}`,
    ),
    recoveries: checkRecoveries(curlLine(url, query, user)),
    details: [...outcomeLines(check), '', ...devToolsLines(query)].map(plainText),
  };
}

function silentProblem({ run, answers }: WizardState): Problem | undefined {
  if (!run) return undefined;
  const seconds = Math.floor((run.progress?.silentMs ?? 0) / 1000);
  return {
    sentence: `${answers.settings.url} has not responded for ${seconds} s`,
    why: plainText(
      run.progress?.trouble ??
        'The cluster may be overloaded, or a proxy or firewall may be holding the connection.',
    ),
    recoveries: silentRecoveries(),
    details: [
      'Loaded documents are kept; a batch that is retried is written only once.',
      'After a minute without a response the load stops; you can resume it.',
      '',
      ...loadErrorLines(run),
      '',
      ...run.log.map(plainText),
    ],
  };
}

/** The problem the step shows, if it shows one. */
export function currentProblem(state: WizardState): Problem | undefined {
  const { step, connection, node, indexStatus, answers } = state;
  if (step.name === 'start' && step.error) return problemOf(step.error, removeRecoveries(step.error));
  if (step.name === 'next' && step.error) return problemOf(step.error, keptRecoveries(step.error));
  if (step.name === 'connect' && node.state === 'failed')
    return problemOf(node.error, nodeRecoveries(node.error));
  if (step.name === 'connect' && step.view === 'problem' && connection.state === 'down') {
    const problem = problemOf(connection.error, connectionRecoveries(connection.error, answers.settings.url));
    return { ...problem, ladder: ladderRows(connection.rungs) };
  }
  if (step.name === 'review' && step.view === 'problem' && indexStatus.state === 'failed') {
    const error = asAppError(indexStatus.error);
    return problemOf(error, indexRecoveries(error));
  }
  if (step.name === 'check' && step.failed !== undefined) return checkProblem(state, step.failed);
  if (step.name === 'load' && step.view === 'silent') return silentProblem(state);
  return step.name === 'load' && step.view === 'problem' ? runProblem(state) : undefined;
}

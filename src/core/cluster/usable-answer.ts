// Whether an answer is one that its caller can use, or else which error it is.
import { AppError } from '../../errors/app-error.ts';
import { addressOf } from './address.ts';
import { answerError, requestName, unreadableAnswer } from './answer-errors.ts';
import { isRedirect, redirectError } from './redirect.ts';
import type { ClusterAnswer, ClusterRequest } from './request.ts';
import type { Connection } from './types.ts';

/** The answer, if the caller can use it; one without a body was too large to be read. Throws the AppError that it is otherwise. */
export function usableAnswer(
  answer: ClusterAnswer,
  connection: Connection,
  request: ClusterRequest,
): ClusterAnswer {
  const { method, path, accept = [] } = request;
  const { status, body, headers } = answer;
  const { address } = addressOf(connection);
  if (body === undefined)
    throw new AppError('answer-too-large', { address, request: requestName(method, path) });
  if (accept === 'any' || accept.includes(status)) return answer;
  if (isRedirect(status)) throw redirectError(connection, status, headers['location']);
  if (status >= 400) throw answerError({ connection, status, body, method, path });
  if (method === 'HEAD' || (typeof body === 'object' && body !== null)) return answer;
  if (breaksOff(body)) throw new AppError('answer-cut', { address, request: requestName(method, path) });
  throw unreadableAnswer(connection, request, body);
}

/** A longer answer is not requested again, since a hostile server could make every one as long. */
const MAX_CUT_LENGTH = 65_536;

/** True for a short text that begins as JSON: as it could not be parsed, its end is missing, and it may be whole next time. */
const breaksOff = (body: unknown) =>
  typeof body === 'string' && body.length <= MAX_CUT_LENGTH && /^\s*[{[]/.test(body);

// The index of a run that disappears while it works: a policy, a script or a person has deleted it.
import { AppError } from '../../errors/app-error.ts';
import type { RunContext } from './stages.ts';

/** AppError `load-incomplete` in place of `index-missing`, which took with it what was acknowledged; any other error as it is. */
export function asDeleted(
  error: unknown,
  { request, result }: Pick<RunContext, 'request' | 'result'>,
): unknown {
  if (!(error instanceof AppError) || error.code !== 'index-missing') return error;
  const { documents, index } = result;
  return new AppError('load-incomplete', {
    planned: documents.planned,
    acknowledged: 'None',
    index,
    reason: 'the index was deleted while it was loaded',
    resume: request.resumeCommand(index),
  });
}

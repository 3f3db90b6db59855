// How V8 is brought to compile the pieces of a document into one another.
import { setFlagsFromString } from 'node:v8';

type AnyFunction = (...values: never[]) => unknown;

let made = 0;

/**
 * A copy of a function. V8 learns per function text what its callbacks are: one writer that serves many pieces calls
 * all of them the slow way, while a copy for each piece has its callbacks compiled in. The function may use nothing but
 * its arguments, since its text is compiled again; the number in it keeps V8 from finding an earlier copy.
 */
export function specialize<F extends AnyFunction>(of: F): F {
  return new Function(`/* ${++made} */ return ${of.toString()}`)() as F;
}

/** For the whole process: V8 else stops compiling calls into their caller after 920 bytecodes, in mid-document. */
export function raiseInliningLimit(): void {
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=4000');
}

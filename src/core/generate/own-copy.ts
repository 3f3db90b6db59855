// Copies of functions, each optimised for what it alone meets.

type AnyFunction = (...values: never[]) => unknown;

const copies = new Map<string, AnyFunction>();

/**
 * A copy of a function for one use, the same each time it is asked for. V8 learns per function text what its callbacks
 * are: one writer that serves many pieces calls all of them the slow way, while a copy for each piece has its callbacks
 * compiled in. The function may use nothing but its arguments, since its text is compiled again.
 */
export function ownCopy<F extends AnyFunction>(of: F, use: string): F {
  const name = `${of.name} ${use}`;
  const known = copies.get(name) ?? (new Function(`return ${of.toString()}`)() as F);
  copies.set(name, known);
  return known as F;
}

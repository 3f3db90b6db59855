// A terminal that shows ASCII only: the signs are exchanged on their way out, so no screen has to know.
import { toAscii } from './text/symbols.ts';

/** The same stream, with every sign of ours in ASCII. */
export function asciiStream(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  const write = (chunk: unknown, ...rest: unknown[]): boolean =>
    Reflect.apply(stream.write, stream, [typeof chunk === 'string' ? toAscii(chunk) : chunk, ...rest]);
  return new Proxy(stream, {
    get(target, name) {
      if (name === 'write') return write;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

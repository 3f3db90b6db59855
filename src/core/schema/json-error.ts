// The line where a text stops being JSON. V8 gives no position for its most common error ("Unexpected token"), so a library
// that reads V8's message, such as parse-json, has no line there.

const TOKEN =
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;

/** The first line, from 1, at which the text cannot be JSON any more. */
export function jsonErrorLine(text: string): number {
  let at = 0;
  let tokenAt = 0;
  const read = (): string => {
    tokenAt = at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
    TOKEN.lastIndex = at;
    const [whole = '', mark, string] = TOKEN.exec(text) ?? [];
    if (whole !== '') at = TOKEN.lastIndex;
    return mark ?? (string !== undefined ? '"' : whole === '' ? '' : '0');
  };
  const value = (first: string): boolean => {
    if (first === '"' || first === '0') return true;
    if (first === '{' || first === '[') return members(first === '{');
    return false;
  };
  const members = (object: boolean): boolean => {
    const close = object ? '}' : ']';
    let token = read();
    if (token === close) return true;
    for (;;) {
      if (object && (token !== '"' || read() !== ':')) return false;
      if (!value(object ? read() : token)) return false;
      token = read();
      if (token === close) return true;
      if (token !== ',') return false;
      token = read();
    }
  };
  // Where the value is whole, what comes after it does not belong.
  if (value(read())) read();
  return text.slice(0, Math.min(tokenAt, text.length)).split('\n').length;
}

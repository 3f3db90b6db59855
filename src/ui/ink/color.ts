// Color is decided before Ink is loaded: its color library reads the environment once, and ignores NO_COLOR.

/** Sets FORCE_COLOR so that colors come out, or do not, on the stream the screen is drawn on. */
export function settleColor(color: boolean, environment: NodeJS.ProcessEnv): void {
  const wanted = environment['FORCE_COLOR'];
  const allowed = color && !environment['NO_COLOR'];
  delete environment['NO_COLOR'];
  if (!allowed) environment['FORCE_COLOR'] = '0';
  else if (wanted === undefined) {
    const rich = /truecolor|24bit/i.test(environment['COLORTERM'] ?? '');
    environment['FORCE_COLOR'] = rich ? '3' : /256/.test(environment['TERM'] ?? '') ? '2' : '1';
  }
}

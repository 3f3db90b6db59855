// What the tests use of ua-parser-js, which brings no types of its own.
declare module 'ua-parser-js' {
  interface Named {
    readonly name: string | undefined;
    readonly version: string | undefined;
  }

  export class UAParser {
    constructor(text: string);
    getResult(): { readonly browser: Named; readonly engine: Named; readonly os: Named };
  }
}

// What tests use of rison-node, which has no types of its own.
declare module 'rison-node' {
  export function decode(text: string): unknown;
}

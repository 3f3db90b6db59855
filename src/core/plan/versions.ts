// Which version of the service runs on which server at which instant.
import { SERVERS } from './shop.ts';
import type { Marker } from './types.ts';

/** The version of the service on each server through time. */
export class Versions {
  private readonly changes: readonly { readonly ms: number; readonly version: string }[][];
  private readonly keys = new Map<string, number>();

  /** @param markers of a plan. @param before the version that the data begin with. */
  constructor(markers: readonly Marker[], before: readonly string[]) {
    this.changes = SERVERS.map((_, server) => [
      { ms: Number.NEGATIVE_INFINITY, version: before[server] ?? '' },
      ...markers.filter((marker) => marker.server === server).map(({ ms, version }) => ({ ms, version })),
    ]);
    for (const { version } of this.changes.flat())
      if (!this.keys.has(version)) this.keys.set(version, this.keys.size);
  }

  /** The version on a server at an instant. @param server index into SERVERS. */
  at(server: number, ms: number): string {
    const changes = this.changes[server] ?? [];
    let low = 0;
    let high = changes.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((changes[middle]?.ms ?? 0) <= ms) low = middle;
      else high = middle - 1;
    }
    return changes[low]?.version ?? '';
  }

  /** A small number for a version. */
  keyOf(version: string): number {
    return this.keys.get(version) ?? 0;
  }
}

// The presenter's notes of what can be started live: true at any hour, and wherever chance places an incident.
import { describe, expect, it } from 'vitest';
import { liveCatalog } from '../../../src/commands/live-catalog.ts';
import { INCIDENT_TYPES } from '../../../src/core/plan/models/registry.ts';
import { BUILT_IN } from '../../../src/core/plan/presets.ts';
import { GATEWAYS } from '../../../src/core/plan/shop.ts';

const all = liveCatalog(BUILT_IN);
const causeOf = ({ notes }: (typeof all)[number]) => notes.find((line) => line.startsWith('Cause: ')) ?? '';

describe('what can be started', () => {
  it('is every type, the presets of the index, and a red herring', () => {
    const names = (catalog: typeof all) => catalog.map(({ what }) => what);
    expect(names(all)).toEqual([...INCIDENT_TYPES, ...BUILT_IN.map(({ id }) => id), 'red_herring']);
    expect(names(liveCatalog([]))).toEqual([...INCIDENT_TYPES, 'red_herring']);
  });

  it('has notes that tell no hour, since it starts now', () => {
    for (const { notes, what } of all)
      expect(notes.join('\n'), what).not.toMatch(/\d\d:\d\d|peak|morning|noon|evening|night/i);
  });

  it('names a gateway as the cause only of a preset: that of a type is drawn when it starts', () => {
    const naming = all.filter((entry) => GATEWAYS.some((gateway) => causeOf(entry).includes(gateway)));
    expect(naming.map(({ what }) => what)).toEqual(['payment-gateway-timeout']);
  });
});

// What a preset contributes to the key of a data set, which every id begins with.
import { brotliDecompressSync } from 'node:zlib';
import { canonical } from './key.ts';
import type { Preset } from './preset.ts';
import published from './preset-identity.json' with { type: 'json' };

/** The fields of a preset that shape the data; the others are sentences and searches. */
const dataOf = ({ id, window, model }: Preset) => canonical([id, window, model]);

let identities: ReadonlyMap<string, string> | undefined;

/**
 * The built-in presets as they were first published, by what they do to the data. The key hashes a preset with all its
 * sentences, so a seed would lose its bytes whenever a built-in preset is reworded: it keeps the wording of that time here,
 * one preset a line, compressed. When PLAN_VERSION rises, hash `dataOf` alone and drop this table.
 */
function publishedIdentities(): ReadonlyMap<string, string> {
  identities ??= new Map(
    brotliDecompressSync(Buffer.from(published.brotli.join(''), 'base64'))
      .toString()
      .split('\n')
      .map((text) => [dataOf(JSON.parse(text)), text]),
  );
  return identities;
}

/** The text that stands for a preset in the key of a plan: its canonical JSON, for a built-in one as first published. */
export function identityOf(preset: Preset): string {
  return publishedIdentities().get(dataOf(preset)) ?? canonical(preset);
}

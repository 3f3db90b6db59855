// The keys that work now: Ctrl+C on the right, the others as far as there is room.
import { Box, Text, useIsScreenReaderEnabled } from 'ink';
import { Toned } from './components/line.tsx';
import { type Binding, footerRow } from './keys/binding.ts';

function Hint({ binding }: { readonly binding: Binding }) {
  return (
    <Text>
      <Toned tone="strong">{binding.label}</Toned> <Toned tone="quiet">{binding.does}</Toned>
    </Text>
  );
}

interface FooterProps {
  readonly bindings: readonly Binding[];
  readonly columns: number;
}

/** Signs of keys in words. */
const SPOKEN: Readonly<Record<string, string>> = {
  '↑↓': 'up and down',
  '←→': 'left and right',
  '+ -': 'plus and minus',
};

function spoken({ label, does }: Binding): string {
  return `${Object.entries(SPOKEN).reduce((text, [sign, words]) => text.replace(sign, words), label)} ${does}`;
}

/** One row; for a screen reader a sentence with every key. */
export function Footer({ bindings, columns }: FooterProps) {
  const reader = useIsScreenReaderEnabled();
  if (reader) {
    const named = bindings.filter(({ footer }) => footer !== undefined);
    return <Text>{`Keys: ${named.map(spoken).join(', ')}`}</Text>;
  }
  const right = bindings.find(({ keys }) => keys.includes('ctrl+c'));
  const { hints, gap } = footerRow(bindings, right, columns - 2);
  return (
    <Box height={1} flexShrink={0} paddingX={1} justifyContent="space-between">
      <Box columnGap={gap} flexShrink={0}>
        {hints.map((binding) => (
          <Hint key={binding.label} binding={binding} />
        ))}
      </Box>
      {right ? <Hint binding={right} /> : null}
    </Box>
  );
}

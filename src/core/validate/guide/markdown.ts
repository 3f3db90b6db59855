// A page in Markdown.
import type { Query } from '../../events.ts';
import type { Block, Inline, Text } from './blocks.ts';

const oneLine = (text: string) => text.replace(/\s*\n\s*/g, ' ');

/** Backticks inside need more of them around. */
function codeText(text: string): string {
  const ticks = '`'.repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)));
  return ticks.length > 1 ? `${ticks} ${text} ${ticks}` : `${ticks}${text}${ticks}`;
}

function inline(part: Inline): string {
  if (typeof part === 'string') return oneLine(part);
  if ('code' in part) return codeText(oneLine(part.code));
  return 'strong' in part ? `**${oneLine(part.strong)}**` : `[${oneLine(part.text)}](${part.url})`;
}

const textOf = (text: Text) => text.map(inline).join('');
const cell = (text: Text) => textOf(text).replaceAll('|', '\\|');
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** The request with one line for each part of its body, so that the guide stays short. */
function requestLines({ method, path, body }: Query): readonly string[] {
  const parts = Object.entries(body ?? {}).map(([name, value]) => `"${name}":${JSON.stringify(value)}`);
  const [size = '', query = '', ...others] = parts;
  const lines = [`${size},${query}`, ...others].map((line, at) => (at === 0 ? `{${line}` : ` ${line}`));
  return [`${method} ${path.replace(/^\//, '')}`, ...(parts.length > 0 ? [`${lines.join(',\n')}}`] : [])];
}

const fenced = (language: string, lines: readonly string[]) =>
  ['```'.concat(language), ...lines, '```'].join('\n');

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${oneLine(block.text)}`;
    case 'paragraph':
      return textOf(block.text);
    case 'list':
      return block.items.map((item) => `- ${textOf(item)}`).join('\n');
    case 'table':
      return [
        row(block.head),
        row(block.head.map(() => '---')),
        ...block.rows.map((cells) => row(cells.map(cell))),
      ].join('\n');
    case 'shell':
      return fenced('sh', block.lines);
    case 'request':
      return fenced('text', requestLines(block.query));
  }
}

/** A step stands together, so that a scenario fits a few screens: its heading, its list, its request and its answer. */
const isTight = (block: Block, next: Block | undefined) =>
  (block.kind === 'heading' && (next?.kind === 'list' || next?.kind === 'request')) ||
  (block.kind === 'list' && next?.kind === 'request') ||
  (block.kind === 'request' && next?.kind === 'paragraph');

export function markdownOf(blocks: readonly Block[]): string {
  return blocks
    .map((block, at) => `${blockText(block)}\n${isTight(block, blocks[at + 1]) ? '' : '\n'}`)
    .join('')
    .trimEnd()
    .concat('\n');
}

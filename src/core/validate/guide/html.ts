// A page in HTML that stands alone: no script, and nothing that a browser would have to fetch.
import { devToolsLines } from '../query-text.ts';
import type { Block, Inline, Text } from './blocks.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

function inline(part: Inline): string {
  if (typeof part === 'string') return escaped(part);
  if ('code' in part) return `<code>${escaped(part.code)}</code>`;
  if ('strong' in part) return `<strong>${escaped(part.strong)}</strong>`;
  // The address is ours, but a name of an index may be in it.
  return /^https?:/.test(part.url)
    ? `<a href="${escaped(part.url)}">${escaped(part.text)}</a>`
    : escaped(part.text);
}

const textOf = (text: Text) => text.map(inline).join('');
const pre = (lines: readonly string[]) => `<pre>${escaped(lines.join('\n'))}</pre>`;

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${escaped(block.text)}</h${block.level}>`;
    case 'paragraph':
      return `<p>${textOf(block.text)}</p>`;
    case 'list':
      return `<ul>\n${block.items.map((item) => `<li>${textOf(item)}</li>`).join('\n')}\n</ul>`;
    case 'table': {
      const head = block.head.map((text) => `<th>${escaped(text)}</th>`).join('');
      const rows = block.rows.map(
        (cells) => `<tr>${cells.map((text) => `<td>${textOf(text)}</td>`).join('')}</tr>`,
      );
      return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`;
    }
    case 'shell':
      return pre(block.lines);
    case 'request':
      return `<details><summary>Dev Tools</summary>${pre(devToolsLines(block.query))}</details>`;
  }
}

const STYLE = `
:root { color-scheme: light dark; }
body { font: 16px/1.55 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid #8886; }
h3 { margin-bottom: .3rem; }
code, pre { font: 13px/1.45 ui-monospace, monospace; }
pre { overflow-x: auto; padding: .7rem; border: 1px solid #8886; border-radius: 6px; }
code { overflow-wrap: anywhere; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { text-align: left; vertical-align: top; padding: .3rem .7rem; border-bottom: 1px solid #8886; }
summary { cursor: pointer; }`;

export function htmlOf(title: string, blocks: readonly Block[]): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title>`,
    `<style>${STYLE}\n</style></head>`,
    '<body>',
    ...blocks.map(blockText),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

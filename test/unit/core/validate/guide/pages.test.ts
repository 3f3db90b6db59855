import { describe, expect, it } from 'vitest';
import {
  type Block,
  code,
  heading,
  list,
  paragraph,
  strong,
  table,
} from '../../../../../src/core/validate/guide/blocks.ts';
import { htmlOf } from '../../../../../src/core/validate/guide/html.ts';
import { markdownOf } from '../../../../../src/core/validate/guide/markdown.ts';

const REQUEST: Block = {
  kind: 'request',
  query: {
    method: 'GET',
    path: 'demo/_search',
    body: { size: 0, query: { match_all: {} }, aggs: { a: {} } },
  },
};
const PAGE: readonly Block[] = [
  heading(2, 'A <b>heading</b>'),
  list([[strong('Discover'), ' ', code('status : error')]]),
  REQUEST,
  paragraph('Shows ', code('`@timestamp` >= 1'), ' & more.'),
  table(['a', 'b'], [[['one | two'], [{ url: 'https://dashboards.example.com/a?b=(c)&d', text: 'open' }]]]),
  { kind: 'shell', lines: ["curl -d '<&>'"] },
];

describe('a page in Markdown', () => {
  const markdown = markdownOf(PAGE);

  it('keeps a step together: heading, list, request and answer', () => {
    expect(markdown).toContain(
      [
        '## A <b>heading</b>',
        '- **Discover** `status : error`',
        '```text',
        'GET demo/_search',
        '{"size":0,"query":{"match_all":{}},',
        ' "aggs":{"a":{}}}',
        '```',
        'Shows `` `@timestamp` >= 1 `` & more.',
        '',
        '| a | b |',
      ].join('\n'),
    );
  });

  it('writes a request that Dev Tools reads as the same body', () => {
    const lines = markdownOf([REQUEST]).split('\n');
    const body = lines.slice(lines.indexOf('GET demo/_search') + 1, lines.lastIndexOf('```')).join('\n');
    expect(JSON.parse(body)).toEqual(REQUEST.kind === 'request' ? REQUEST.query.body : undefined);
  });

  it('escapes the sign that ends a cell', () => {
    expect(markdown).toContain('| one \\| two | [open](https://dashboards.example.com/a?b=(c)&d) |');
  });
});

describe('a page in HTML', () => {
  const html = htmlOf('Guide <x>', PAGE);

  it('stands alone: no script, no style sheet, image or font from elsewhere', () => {
    expect(html).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|\son[a-z]+=/i);
    expect(html.startsWith('<!doctype html>')).toBe(true);
    for (const tag of ['html', 'head', 'body', 'table', 'ul', 'style', 'title'])
      expect(html.split(`<${tag}`).length, tag).toBe(html.split(`</${tag}>`).length);
  });

  it('escapes what an index or a preset may hold', () => {
    expect(html).toContain('<title>Guide &lt;x&gt;</title>');
    expect(html).toContain('<h2>A &lt;b&gt;heading&lt;/b&gt;</h2>');
    expect(html).toContain("<pre>curl -d '&lt;&amp;&gt;'</pre>");
    expect(html).toContain('<a href="https://dashboards.example.com/a?b=(c)&amp;d">open</a>');
    const script = htmlOf('x', [paragraph({ url: 'javascript:alert(1)', text: 'click' })]);
    expect(script).not.toContain('href');
  });
});

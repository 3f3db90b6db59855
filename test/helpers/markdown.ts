// Pages of Markdown with parts that are made by the program, between marks such as `<!-- name -->` and `<!-- /name -->`.

/** The page with each part made afresh. Throws when a mark is missing. */
export function withParts(page: string, parts: Readonly<Record<string, () => string>>): string {
  return Object.entries(parts).reduce((text, [name, make]) => {
    const part = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
    if (!part.test(text)) throw new Error(`the page has no marks <!-- ${name} --> … <!-- /${name} -->`);
    return text.replace(part, (_, open: string, close: string) => `${open}${make()}\n${close}`);
  }, page);
}

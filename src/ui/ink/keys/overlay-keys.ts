// Overlays: help, details, log and query lie over the step and can be scrolled.
import { overlayContent } from '../overlay-content.ts';
import type { UiContext } from '../ui-context.ts';
import type { Binding } from './binding.ts';
import { copyKey, openKey } from './common-keys.ts';

const PAGE = 10;

/** The guide as a page for the browser; it lies beside the one that is read here. */
const guidePage = ({ session }: UiContext): string | undefined =>
  session.getSnapshot().run?.done?.guide?.replace(/\.md$/, '.html');

/** Keys of the open overlay. */
export function overlayKeys(ui: UiContext): readonly Binding[] {
  const { store } = ui;
  const { overlay } = store.get();
  if (!overlay) return [];
  const { lines, copy } = overlayContent(ui, overlay.kind);
  const close = () => store.set({ overlay: undefined });
  const scroll = (by: number) => {
    const from = Math.min(overlay.scroll, Math.max(0, lines.length - 1));
    store.set({ overlay: { ...overlay, scroll: Math.max(0, Math.min(lines.length - 1, from + by)) } });
  };
  return [
    {
      keys: ['escape', 'enter', ...(overlay.kind === 'help' ? ['?'] : [])],
      label: overlay.kind === 'help' ? '? Esc' : 'Esc',
      does: 'close',
      footer: 9,
      run: close,
    },
    {
      keys: ['up', 'k', 'down', 'j'],
      label: '↑↓',
      does: 'scroll',
      footer: 6,
      run: ({ name }) => scroll(name === 'up' || name === 'k' ? -1 : 1),
    },
    {
      keys: ['pageup', 'pagedown'],
      label: 'PgUp PgDn',
      does: 'page',
      footer: 3,
      run: ({ name }) => scroll(name === 'pageup' ? -PAGE : PAGE),
    },
    ...openKey(ui, overlay.kind === 'guide' ? guidePage(ui) : undefined),
    ...copyKey(ui, overlay.kind === 'query' ? 'copy as curl' : 'copy', copy),
  ];
}

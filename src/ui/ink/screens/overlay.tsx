// Help, details, log or query, over the step that is in view.
import { wrapText } from '../../text/wrap.ts';
import { Line, Lines } from '../components/line.tsx';
import { overlayContent } from '../overlay-content.ts';
import type { ScreenProps } from '../screen-props.ts';

/** A title and the lines from the scroll position on. */
export function OverlayScreen({ screen }: { readonly screen: ScreenProps }) {
  const { ui, uiState, body } = screen;
  if (!uiState.overlay) return null;
  const { title, lines: texts } = overlayContent(ui, uiState.overlay.kind);
  const lines =
    uiState.overlay.kind === 'query' ? texts : texts.flatMap((line) => wrapText(line, body.columns));
  const rows = body.rows - 2;
  const from = Math.max(0, Math.min(uiState.overlay.scroll, lines.length - rows));
  const to = Math.min(lines.length, from + rows);
  const place = lines.length > rows ? `   ${from + 1} to ${to} of ${lines.length}` : '';
  return (
    <>
      <Line tone="strong">{`${title}${place}`}</Line>
      <Line />
      <Lines rows={lines.slice(from, to)} />
    </>
  );
}

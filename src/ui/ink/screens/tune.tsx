// Tune: the parameters on one side, what they do to the data on the other.
import { Box } from 'ink';
import type { Option } from '../../../options/kinds.ts';
import { FORM_OPTIONS } from '../../../options/table.ts';
import { speedHere } from '../../../wizard/state.ts';
import { SYMBOLS } from '../../text/symbols.ts';
import { careWords, estimateWords, limitWords, planProblem, valueWords } from '../../text/tune-text.ts';
import { fitLines } from '../../text/wrap.ts';
import { FocusLine } from '../components/focus.tsx';
import { Line, Lines, Toned } from '../components/line.tsx';
import { listWindow, moreWords } from '../components/list-window.ts';
import { TextField } from '../components/text-field.tsx';
import type { ScreenProps } from '../screen-props.ts';
import { TuneCharts } from './tune-charts.tsx';

const FORM_WIDTH = 38;
const LABEL_WIDTH = 20;

/** From this width on form and charts stand side by side. */
const TWO_COLUMNS = 76;

interface ParameterProps {
  readonly screen: ScreenProps;
  readonly option: Option;
  readonly focused: boolean;
  /** Said at the end of the row: that there are more above or below. */
  readonly more: string;
}

function Parameter({ screen, option, focused, more }: ParameterProps) {
  const { state, uiState } = screen;
  const { settings } = state.answers;
  const changed = JSON.stringify(settings[option.key]) !== JSON.stringify(option.default);
  const text = valueWords(option, settings);
  return (
    <FocusLine focused={focused}>
      <Toned tone={focused ? 'strong' : 'plain'}>{option.label.padEnd(LABEL_WIDTH)}</Toned>
      {focused && uiState.number ? (
        <TextField text={uiState.number.text} caret={uiState.number.caret} focused width={12} />
      ) : (
        <Toned tone={changed && option.default !== undefined ? 'care' : 'plain'}>
          <Toned spoken="">{focused ? `${SYMBOLS.less} ` : '  '}</Toned>
          {text}
          <Toned spoken="">{focused ? ` ${SYMBOLS.more}` : ''}</Toned>
        </Toned>
      )}
      <Toned tone="quiet">{more}</Toned>
    </FocusLine>
  );
}

function Form({ screen, rows, width }: { screen: ScreenProps; rows: number; width: number }) {
  const focus = Math.min(screen.uiState.tune, FORM_OPTIONS.length - 1);
  const { from, to } = listWindow(FORM_OPTIONS.length, focus, rows);
  const option = FORM_OPTIONS[focus];
  const help = option
    ? fitLines([limitWords(option)], width - 4, Math.max(0, rows - FORM_OPTIONS.length - 1))
    : [];
  return (
    <Box flexDirection="column" width={width} flexShrink={0}>
      {FORM_OPTIONS.slice(from, to).map((each, place) => (
        <Parameter
          key={each.key}
          screen={screen}
          option={each}
          focused={each === option}
          more={moreWords(from + place, { from, to }, FORM_OPTIONS.length)}
        />
      ))}
      {help.length > 0 ? <Line /> : null}
      <Lines rows={help.map((row) => `  ${row}`)} tone="quiet" />
    </Box>
  );
}

function Estimate({ screen }: { readonly screen: ScreenProps }) {
  const { forecast } = screen.state;
  if (forecast.state === 'none') return <Line tone="quiet">Planning …</Line>;
  if (forecast.state === 'failed') {
    return <Lines rows={fitLines([planProblem(screen.state)], screen.body.columns, 2)} tone="failed" />;
  }
  const care = careWords(forecast.forecast, screen.columns < TWO_COLUMNS);
  return (
    <>
      <Line tone="strong">
        {estimateWords(forecast.forecast, speedHere(screen.state), screen.columns < TWO_COLUMNS)}
      </Line>
      <Line tone="care">{care === '' ? ' ' : `${SYMBOLS.care} ${care}`}</Line>
    </>
  );
}

/** The form, two charts that follow each key, and what it comes to. */
export function TuneScreen({ screen }: { readonly screen: ScreenProps }) {
  const { body, columns, reader } = screen;
  const rows = body.rows - 2;
  if (columns < TWO_COLUMNS) {
    const form = Math.max(4, Math.min(FORM_OPTIONS.length, rows - 8));
    return (
      <>
        <Form screen={screen} rows={form} width={body.columns} />
        <TuneCharts screen={screen} width={body.columns} rows={rows - form} beside />
        <Estimate screen={screen} />
      </>
    );
  }
  return (
    <>
      <Box height={rows} flexShrink={0} flexDirection={reader ? 'column' : 'row'}>
        <Form screen={screen} rows={rows} width={FORM_WIDTH} />
        <TuneCharts screen={screen} width={body.columns - FORM_WIDTH} rows={rows} beside={false} />
      </Box>
      <Estimate screen={screen} />
    </>
  );
}

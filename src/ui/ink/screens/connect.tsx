// Connect: the form, and the ladder that fills in while the address is typed.
import { Box } from 'ink';
import type { ConnectField } from '../../../wizard/state.ts';
import { type LadderRow, ladderRows, promise, trustWords } from '../../text/connect-text.ts';
import { FocusLine } from '../components/focus.tsx';
import { Line, Lines, Say } from '../components/line.tsx';
import { Mark } from '../components/mark.tsx';
import { TextField } from '../components/text-field.tsx';
import { connectFields, fieldText, focusedField } from '../keys/connect-keys.ts';
import type { Shown } from '../screen-props.ts';

const LABELS: Readonly<Record<ConnectField, string>> = {
  address: 'Address',
  username: 'User name',
  password: 'Password',
  caFile: 'CA file',
  insecure: 'Certificate',
};
const LABEL_WIDTH = 13;
/** From this height on there is room for every sentence. */
const ROOMY = 18;
/** From this width on the ladder stands beside the form. */
const TWO_COLUMNS = 100;

function Field({
  shown,
  field,
  width,
}: {
  readonly shown: Shown;
  readonly field: ConnectField;
  readonly width: number;
}) {
  const { state, view } = shown;
  const focused = field === focusedField(state);
  const empty = field === 'address' ? 'http://localhost:9200' : 'none';
  return (
    <FocusLine focused={focused} typing={field !== 'insecure'}>
      <Say tone={focused ? 'strong' : 'quiet'}>{LABELS[field].padEnd(LABEL_WIDTH)}</Say>
      {field === 'insecure' ? (
        <Say tone={state.answers.settings.insecure ? 'care' : 'plain'}>
          {trustWords(state.answers.settings)}
        </Say>
      ) : (
        <TextField
          text={fieldText(state, field)}
          caret={view.carets[field]}
          focused={focused}
          width={width - LABEL_WIDTH - 3}
          hidden={field === 'password' && !view.showPassword}
          empty={empty}
        />
      )}
    </FocusLine>
  );
}

function FullLadder({ rows }: { readonly rows: readonly LadderRow[] }) {
  return rows.map(({ rung, mark, name, detail }) => (
    <Line key={rung}>
      {'  '}
      <Mark mark={mark} /> <Say tone={mark === 'open' ? 'quiet' : 'plain'}>{name.padEnd(10)}</Say>
      <Say tone="quiet">{detail}</Say>
    </Line>
  ));
}

function ShortLadder({ rows }: { readonly rows: readonly LadderRow[] }) {
  const half = Math.ceil(rows.length / 2);
  const latest = rows.findLast(({ mark, detail }) => mark !== 'open' && detail !== '');
  return (
    <>
      {[rows.slice(0, half), rows.slice(half)].map((part, place) => (
        <Line key={place}>
          {'  '}
          {part.map(({ rung, mark, name }) => (
            <Say key={rung}>
              <Mark mark={mark} /> <Say tone={mark === 'open' ? 'quiet' : 'plain'}>{name.padEnd(10)}</Say>
            </Say>
          ))}
        </Line>
      ))}
      <Line tone="quiet">{latest ? `  ${latest.name}: ${latest.detail}` : ' '}</Line>
    </>
  );
}

/** Where the cluster is, and what stands between here and there. */
export function ConnectScreen({ shown }: { readonly shown: Shown }) {
  const { state, body, columns } = shown;
  const fields = connectFields(state);
  const { link } = state;
  const rungs = link.state === 'unreadable' ? [] : link.rungs;
  const rows = ladderRows(rungs);
  const beside = columns >= TWO_COLUMNS;
  const width = beside ? Math.floor(body.columns / 2) : body.columns;
  const full = beside || body.rows >= fields.length + rows.length + 5;
  return (
    <>
      <Line tone="strong">Where is your OpenSearch?</Line>
      <Lines rows={promise(state).slice(body.rows < ROOMY ? -1 : 0)} tone="quiet" />
      <Line />
      <Box flexDirection={beside ? 'row' : 'column'}>
        <Box flexDirection="column" width={width} flexShrink={0}>
          {fields.map((field) => (
            <Field key={field} shown={shown} field={field} width={width} />
          ))}
        </Box>
        {beside ? null : <Line />}
        <Box flexDirection="column" flexShrink={0} width={beside ? body.columns - width : width}>
          {full ? <FullLadder rows={rows} /> : <ShortLadder rows={rows} />}
        </Box>
      </Box>
    </>
  );
}

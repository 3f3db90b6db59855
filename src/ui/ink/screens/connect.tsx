// Connect: the form, and the ladder as far as it is climbed.
import { Box } from 'ink';
import type { ConnectField } from '../../../wizard/steps.ts';
import {
  introduction,
  type LadderRow,
  ladderRows,
  trustWords,
  withoutSignIn,
} from '../../text/connect-text.ts';
import { FocusLine } from '../components/focus.tsx';
import { Line, Lines, Toned } from '../components/line.tsx';
import { Mark } from '../components/mark.tsx';
import { TextField } from '../components/text-field.tsx';
import { connectFields, fieldText, focusedField, isSecret } from '../keys/connect-keys.ts';
import type { ScreenProps } from '../screen-props.ts';

const LABELS: Readonly<Record<ConnectField, string>> = {
  address: 'Address',
  username: 'User name',
  password: 'Password',
  token: 'Token',
  clientCert: 'Client cert',
  clientKey: 'Client key',
  keyPassphrase: 'Passphrase',
  caFile: 'CA file',
  insecure: 'Certificate',
};

/** What stands in an empty field. */
const EMPTY: Partial<Record<ConnectField, string>> = {
  address: 'http://localhost:9200',
  clientCert: 'path of a PEM file',
  clientKey: 'in the same file',
};

const LABEL_WIDTH = 13;
const RUNG_WIDTH = 12;

/** From this height on there is room for every sentence. */
const ROOMY = 18;

/** From this width on the ladder stands beside the form. */
const TWO_COLUMNS = 100;

function Field({
  screen,
  field,
  width,
}: {
  readonly screen: ScreenProps;
  readonly field: ConnectField;
  readonly width: number;
}) {
  const { state, uiState } = screen;
  const focused = field === focusedField(state);
  return (
    <FocusLine focused={focused} typing={field !== 'insecure'}>
      <Toned tone={focused ? 'strong' : 'quiet'}>{LABELS[field].padEnd(LABEL_WIDTH)}</Toned>
      {field === 'insecure' ? (
        <Toned tone={state.answers.settings.insecure ? 'care' : 'plain'}>
          {trustWords(state.answers.settings)}
        </Toned>
      ) : (
        <TextField
          text={field === 'address' ? withoutSignIn(fieldText(state, field)) : fieldText(state, field)}
          caret={uiState.carets[field]}
          focused={focused}
          width={width - LABEL_WIDTH - 3}
          hidden={isSecret(field) && !uiState.showPassword}
          empty={EMPTY[field] ?? 'none'}
        />
      )}
    </FocusLine>
  );
}

function FullLadder({ rows }: { readonly rows: readonly LadderRow[] }) {
  return rows.map(({ rung, mark, name, detail }) => (
    <Line key={rung}>
      {'  '}
      <Mark mark={mark} /> <Toned tone={mark === 'open' ? 'quiet' : 'plain'}>{name.padEnd(RUNG_WIDTH)}</Toned>
      <Toned tone="quiet">{detail}</Toned>
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
            <Toned key={rung}>
              <Mark mark={mark} />{' '}
              <Toned tone={mark === 'open' ? 'quiet' : 'plain'}>{name.padEnd(RUNG_WIDTH)}</Toned>
            </Toned>
          ))}
        </Line>
      ))}
      <Line tone="quiet">{latest ? `  ${latest.name}: ${latest.detail}` : ' '}</Line>
    </>
  );
}

/** Where the cluster is, and what stands between here and there. */
export function ConnectScreen({ screen }: { readonly screen: ScreenProps }) {
  const { state, body, columns } = screen;
  const fields = connectFields(state);
  const { connection } = state;
  const rungs = connection.state === 'unreadable' ? [] : connection.rungs;
  const rows = ladderRows(rungs);
  const beside = columns >= TWO_COLUMNS;
  const width = beside ? Math.floor(body.columns / 2) : body.columns;
  const full = beside || body.rows >= fields.length + rows.length + 5;
  return (
    <>
      <Line tone="strong">Where is your OpenSearch cluster?</Line>
      <Lines rows={introduction(state).slice(body.rows < ROOMY ? -1 : 0)} tone="quiet" />
      <Line />
      <Box flexDirection={beside ? 'row' : 'column'}>
        <Box flexDirection="column" width={width} flexShrink={0}>
          {fields.map((field) => (
            <Field key={field} screen={screen} field={field} width={width} />
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

// A question with a few answers, of which none has a hint.
import { fitLines } from '../../text/wrap.ts';
import { choiceRows } from './choice-layout.ts';
import { ChoiceList } from './choice-list.tsx';
import { Line, Lines } from './line.tsx';

interface AnswersProps {
  readonly choices: readonly string[];
  readonly focus: number;
  readonly columns: number;
}

/** The answers, by number. */
export function Answers({ choices, focus, columns }: AnswersProps) {
  const rows = choiceRows(
    choices.map((label) => ({ label, hint: '' })),
    columns,
  );
  return <ChoiceList choices={rows} focus={focus} rows={rows.length} />;
}

/** What is asked before something is deleted or stopped, and the answers. */
export function Question({ question, ...answers }: AnswersProps & { readonly question: string }) {
  return (
    <>
      <Lines rows={fitLines([question], answers.columns, 4)} tone="care" />
      <Line />
      <Answers {...answers} />
    </>
  );
}

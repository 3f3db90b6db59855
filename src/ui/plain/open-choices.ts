// The choices that open a dashboard in the browser, on Check and on Next.
import type { Scene } from '../text/scenes.ts';
import type { PromptChoice, PromptContext } from './prompter.ts';
import { settled } from './wait.ts';

/** What a choice does. */
export type Act = () => void | Promise<void>;

/** Opens a link or a file, and says whether a browser was there. */
async function openInBrowser({ session, prompter }: PromptContext, url: string): Promise<void> {
  session.send({ type: 'open-link', url });
  const opening = session.getSnapshot().notice;
  const { notice } = await settled(session, (now) => now.notice !== opening);
  if (notice) prompter.say(notice);
  prompter.show(url);
}

/** The choice that opens the dashboard of a scenario, where there is one. */
export function openChoices(step: PromptContext, scenes: readonly Scene[]): readonly PromptChoice<Act>[] {
  return scenes.flatMap(({ title, url }) =>
    url ? [{ name: `Open the dashboard: ${title}`, value: () => openInBrowser(step, url) }] : [],
  );
}

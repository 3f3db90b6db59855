// The events of a live shop as sentences, for scripts and logs without --json.
import type { LiveEvent } from '../../core/live/types.ts';
import { grouped } from '../../text/numbers.ts';
import { plainText } from '../../text/plain-text.ts';
import { type LiveView, liveProgress, newLiveView } from '../../wizard/live-view.ts';
import { type Loudness, type Outputs, sentenceWriter } from './event-text.ts';
import { incidentLine, liveSentence } from './live-text.ts';

/** A tick comes every second; a sentence after so many of them. */
const TICKS: Readonly<Record<Loudness, number>> = { quiet: Number.POSITIVE_INFINITY, usual: 60, verbose: 10 };

/** A function that writes each event as a sentence: one a minute, and at once what begins, ends or is refused. */
export function liveWriter(outputs: Outputs, loudness: Loudness = 'usual'): (event: LiveEvent) => void {
  const choice = { severity: 'major', minutes: 0, presets: false } as const;
  const run = sentenceWriter(outputs, loudness);
  const say = loudness === 'quiet' ? () => undefined : outputs.say;
  let view: LiveView = newLiveView('command', choice);
  let ticks = 0;
  return (event) => {
    view = liveProgress(view, event);
    const zone = view.begun?.timeZone ?? 'UTC';
    switch (event.type) {
      case 'live-started':
        return say(
          `Live: index ${event.index} at ${event.url}${event.speed === 1 ? '' : `, ${event.speed} × real time`}; stop with Ctrl+C`,
        );
      case 'tick':
        ticks += 1;
        return ticks % TICKS[loudness] === 1 ? say(liveSentence(view)) : undefined;
      case 'incident-started':
        return say(`Started: ${incidentLine(event.incident, zone)}`);
      case 'incident-ended':
        return say(`Ended: ${incidentLine(event.incident, zone)}`);
      case 'incident-recovered':
        return say(`Back to normal: ${plainText(event.incident.title)} (${event.incident.id})`);
      case 'command-refused':
        return outputs.say(`Not done: ${plainText(event.reason)}`);
      // For a screen alone: a person is asked, and keys are offered.
      case 'gap-found':
      case 'live-presets':
        return undefined;
      case 'done':
        return event.error ? run(event) : liveSummary(view).forEach(outputs.out);
      default:
        return run(event);
    }
  };
}

/** What was started while it was live, and where the key is. */
export function liveSummary({
  begun,
  from,
  earlier,
  tick,
  incidents,
  done,
  failure,
}: LiveView): readonly string[] {
  const failed = failure ?? done?.error;
  const failedLines = failed
    ? [plainText(failed.message), ...failed.actions.map((action) => `  - ${plainText(action)}`)]
    : [];
  if (!begun) return failedLines;
  const documents = earlier + (done?.documents.acknowledged ?? tick?.documents ?? 0);
  return [
    `Live: ${grouped(documents)} documents added to ${begun.index} at ${begun.url}`,
    ...(incidents.length === 0
      ? ['  No incident was started']
      : incidents.map((incident) => `  ${incidentLine(incident, begun.timeZone)}`)),
    ...(done?.key ? [`  Answer key: ${done.key}`] : []),
    // On the way from Next the guide is named already: it is the same file.
    ...(done?.guide && from === 'command' ? [`  Investigation guide: ${done.guide}`] : []),
    ...failedLines,
  ];
}

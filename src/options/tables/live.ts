// The flags of a shop in real time.
import { GAPS } from '../../core/live/gap.ts';
import { INCIDENT_MINUTES } from '../../core/live-control/limits.ts';
import { SEVERITIES } from '../../core/plan/labels.ts';
import { choice, numeric, type Option, text } from '../kinds.ts';
import { LIVE_FOR, parseMoment, parseSpan } from '../live-values.ts';

export const LIVE_OPTIONS = [
  text(
    'TIME',
    {
      key: 'liveFor',
      flag: 'for',
      label: 'For',
      group: 'Live',
      default: undefined,
      defaultText: 'until it is stopped',
      help: 'How long to go on, such as 90s, 10m or 2h',
    },
    (value) => parseSpan('for', value, LIVE_FOR),
  ),
  numeric(
    'integer',
    { min: 1, max: 60, step: 1, bigStep: 10, unit: '× real time' },
    {
      key: 'speed',
      flag: 'speed',
      label: 'Speed',
      group: 'Live',
      default: 1,
      help: 'Minutes of the shop that pass in a minute',
    },
  ),
  text(
    'TIME:INCIDENT',
    {
      key: 'at',
      flag: 'at',
      label: 'At',
      group: 'Live',
      default: [],
      repeatable: true,
      defaultText: 'nothing by itself',
      help: 'Start an incident by itself, such as 3m:payment-gateway-timeout:major, or end it: 12m:recover; repeatable, in time of the shop',
    },
    (value) => [parseMoment(value)],
  ),
  choice(GAPS, {
    key: 'gap',
    flag: 'gap',
    label: 'Gap',
    group: 'Live',
    default: undefined,
    defaultText: 'backfill; a screen asks from 10 minutes on',
    help: 'What happens to the time since the last document of the index: fill it with the documents it would have, or leave it empty',
  }),
  choice(SEVERITIES, {
    key: 'severity',
    flag: 'severity',
    label: 'Severity',
    group: 'Live',
    default: 'major',
    help: 'How bad an incident is that is started now',
  }),
  numeric(
    'integer',
    { ...INCIDENT_MINUTES, step: 1, bigStep: 5, unit: 'minutes' },
    {
      key: 'minutes',
      flag: 'minutes',
      label: 'Minutes',
      group: 'Live',
      default: 10,
      help: 'How long it lasts if it is not ended before, in minutes of the shop',
    },
  ),
] as readonly Option[];

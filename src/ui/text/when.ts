// Times in words, in the zone of the shop.

const DAY_MS = 86_400_000;
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const dayNumber = (day: string) => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);

/** The day so many days later (or earlier), as `YYYY-MM-DD`. */
export function shiftDay(day: string, by: number): string {
  return new Date((dayNumber(day) + by) * DAY_MS).toISOString().slice(0, 10);
}

/** Days from the first to the second. */
function daysBetween(first: string, second: string): number {
  return dayNumber(second) - dayNumber(first);
}

/** `Tue 24 Nov`. */
export function dayName(day: string): string {
  const date = new Date(dayNumber(day) * DAY_MS);
  return `${WEEKDAYS[date.getUTCDay()]} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
}

/** `today, Tue 24 Nov`, `yesterday, Mon 23 Nov`, `tomorrow, …`, or only the day when it is further away. */
export function dayWords(day: string, today: string): string {
  const near = new Map([
    [0, 'today, '],
    [1, 'yesterday, '],
    [-1, 'tomorrow, '],
  ]).get(daysBetween(day, today));
  return `${near ?? ''}${dayName(day)}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(timeZone, format);
  return format;
}

/** Day `YYYY-MM-DD` and time `HH:MM:SS` on the wall in this zone. */
export function wallClock(ms: number, timeZone: string): { day: string; time: string } {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, value]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? '';
  return {
    day: `${part('year')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}:${part('second')}`,
  };
}

/** `Wed 18 Nov 00:00`. */
export function momentWords(ms: number, timeZone: string): string {
  const { day, time } = wallClock(ms, timeZone);
  return `${dayName(day)} ${time.slice(0, 5)}`;
}

/** `today, Tue 24 Nov 14:25-14:35`. */
export function windowWords(startMs: number, endMs: number, timeZone: string, today: string): string {
  const start = wallClock(startMs, timeZone);
  const end = wallClock(endMs, timeZone);
  const until = end.day === start.day ? '' : `${dayName(end.day)} `;
  return `${dayWords(start.day, today)} ${start.time.slice(0, 5)}-${until}${end.time.slice(0, 5)}`;
}

/** The window of a preset on a demo day, before anything is planned. */
export function presetWindowWords(
  window: { readonly days_before: number; readonly start: string; readonly end: string },
  demoDay: string,
  today: string,
): string {
  return `${dayWords(shiftDay(demoDay, -window.days_before), today)} ${window.start}-${window.end}`;
}

/** The way Dashboards writes an absolute time: `Nov 24, 2026 @ 14:25:00.000`. */
export function dashboardsTime(ms: number, timeZone: string): string {
  const { day, time } = wallClock(ms, timeZone);
  const [year = '', month = '', date = ''] = day.split('-');
  return `${MONTHS[Number(month) - 1]} ${Number(date)}, ${year} @ ${time}.000`;
}

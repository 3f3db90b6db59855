// What may be asked of a shop that is live. A file of its own: the table of flags needs no more.

/** How long an incident that is started by hand may last, minutes. */
export const INCIDENT_MINUTES = { min: 1, max: 60 } as const;

/** The name of a type of incident, of a preset, or `red_herring`. */
export const WHAT = /^[a-z0-9][a-z0-9_-]{0,63}$/;

/** What looks like trouble and is none. */
export const RED_HERRING = 'red_herring';

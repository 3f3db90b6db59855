// Response times and failures minute by minute, which the first and the last step look at.
import { countIn, quantileIn } from './answer.ts';
import { FAILED, percentiles, perMinutes } from './search.ts';

/** Buckets of so many minutes. */
export const overMinutes = (timeZone: string, minutes: number) => ({
  minutes: {
    ...perMinutes(timeZone, minutes),
    aggs: { p95: percentiles('response_time_ms'), errors: FAILED },
  },
});

/** The same in PPL. */
export const minutesPpl = (minutes: number) =>
  `stats percentile(response_time_ms, 95) as p95, count() as transactions by span(\`@timestamp\`, ${minutes}m)`;

/** p95 of the response time in such a bucket, ms. */
export const p95 = (bucket: unknown) => quantileIn(bucket, 'p95');

/** The failures in such a bucket. */
export const errors = (bucket: unknown) => countIn(bucket, 'errors');

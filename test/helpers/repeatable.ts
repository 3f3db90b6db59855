// Property tests draw the same cases in every run; `PROPERTY_SEED=random` or a number draws others.
import fc from 'fast-check';

const { PROPERTY_SEED = '20260314' } = process.env;
if (PROPERTY_SEED !== 'random') fc.configureGlobal({ seed: Number(PROPERTY_SEED) | 0 });

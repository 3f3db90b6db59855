import { expect, it } from 'vitest';
import manifest from '../../../../package.json' with { type: 'json' };
import { metaOf, planOf } from '../../../../src/core/run/meta.ts';
import { asAppError } from '../../../../src/errors/app-error.ts';
import { planWith } from '../../../helpers/generated.ts';

const plan = planWith({ days: 1 });
const meta = metaOf({ plan, toolVersion: '0.0.9', run: 'a-run' });

it('makes the plan of a run again from what its index remembers', () => {
  expect(planOf('orders', meta)).toEqual(plan);
});

it('says which version made an index whose plan is another one, and what to do', () => {
  let text = '';
  try {
    planOf('orders', { ...meta, key: 'older01' });
  } catch (error) {
    text = JSON.stringify(asAppError(error).explain());
  }
  expect(text).toContain('version 0.0.9 made it');
  expect(text).toContain(`This is version ${manifest.version}`);
  expect(text).toContain('incident-demo run --index orders --on-conflict replace');
});

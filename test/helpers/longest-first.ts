// The order of test files: those that take longest come first, so that no core idles at the end while one of them runs.
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files of some twenty seconds and more, the longest first; a file that is new or renamed only runs later than it could. */
const LONG = [
  ...['commands/field-reports', 'commands/secured', 'core/run/run', 'core/run/resume'],
  ...['core/load/restart', 'core/hostile-answers', 'commands/dashboards', 'pty/ui/ink/terminal'],
  ...['core/validate/guide', 'core/load/two-loaders', 'core/local-node/local-node', 'core/run/kills'],
  ...['core/live/live', 'commands/secrets', 'core/validate/detector', 'pty/ui/ink/screens/connect'],
  ...['core/hostile-requests', 'commands/bad-input', 'core/validate/changes', 'scripts/prepare'],
  ...['pty/ui/ink/screens/live', 'commands/live-tell', 'core/cluster/serverless', 'pty/ui/ink/run-ink'],
  ...['realism/detectors', 'realism/rules', 'realism/incidents', 'core/generate/bytes'],
];

const rankOf = ({ moduleId }: TestSpecification) => {
  const rank = LONG.findIndex((name) => moduleId.includes(`/${name}.test.`));
  return rank < 0 ? LONG.length : rank;
};

export class LongestFirst extends BaseSequencer {
  /** Projects keep their order (groupOrder); within one, long files go first. */
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const orderOf = ({ project }: TestSpecification) => project.config.sequence.groupOrder;
    return sorted.toSorted((a, b) => orderOf(a) - orderOf(b) || rankOf(a) - rankOf(b));
  }
}

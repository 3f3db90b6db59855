// Which files are written, and in what form.
import { SPLIT_MB } from '../../core/plan/parameters.ts';
import { GUIDE_FORMATS } from '../../core/validate/guide/format.ts';
import { choice, numeric, type Option, text, toggle } from '../kinds.ts';
import { parsePart } from '../values.ts';

export const OUTPUT_OPTIONS = [
  text('DIR', {
    key: 'outputDir',
    flag: 'output-dir',
    label: 'Folder',
    group: 'Output',
    default: undefined,
    defaultText: 'none; ./output for generate, load, score and export',
    defaultsOf: {
      ...{ generate: './output', load: './output', score: './output', export: './output' },
      ...{ run: 'none', guide: 'none', dashboards: 'none' },
    },
    help: 'Folder for the files',
  }),
  toggle({
    key: 'stdout',
    flag: 'stdout',
    label: 'Standard output',
    group: 'Output',
    default: false,
    help: 'Write bulk NDJSON to standard output instead of files',
  }),
  toggle({
    key: 'createMappingOnly',
    flag: 'create-mapping-only',
    label: 'Mapping only',
    group: 'Output',
    default: false,
    help: 'Write only mapping.json',
  }),
  numeric(
    'integer',
    { ...SPLIT_MB, step: 1, bigStep: 10, unit: 'MB' },
    {
      key: 'splitMb',
      flag: 'split-mb',
      label: 'Split',
      group: 'Output',
      default: undefined,
      defaultText: 'one file',
      help: 'Also write all_data in parts of at most this size, MB',
    },
  ),
  text(
    'i/n',
    {
      key: 'part',
      flag: 'part',
      label: 'Part',
      group: 'Output',
      default: undefined,
      defaultText: 'all of it',
      help: 'Only this share of the data, such as 1/3',
    },
    parsePart,
  ),
  choice(GUIDE_FORMATS, {
    key: 'guideFormat',
    flag: 'guide-format',
    label: 'Guide',
    group: 'Output',
    default: 'md',
    help: 'Markdown, or one self-contained HTML page',
  }),
] as readonly Option[];

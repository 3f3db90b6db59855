// What the guide can be written in.

export const GUIDE_FORMATS = ['md', 'html'] as const;
export type GuideFormat = (typeof GUIDE_FORMATS)[number];

// The browsers customers use: those that are current on the day of the plan, and a tail of older and rarer ones. The texts
// are what these browsers send, with what they have frozen in them: Windows 10, macOS 10.15.7, Android 10, iOS 18.6.
import { DAY_MS } from '../../plan/durations.ts';
import {
  chromeAt,
  firefoxAt,
  firefoxSupportedAt,
  olderSafariAt,
  safariAt,
  samsungAt,
  type Version,
} from './browser-versions.ts';

export interface Agent {
  readonly text: string;
  readonly weight: number;
}

/** More than there are agents on any day. */
export const MAX_AGENTS = 80;

const WINDOWS = 'Windows NT 10.0; Win64; x64';
const MAC = 'Macintosh; Intel Mac OS X 10_15_7';
const LINUX = 'X11; Linux x86_64';
const CHROME_OS = 'X11; CrOS x86_64 14541.0.0';
const ANDROID = 'Linux; Android 10; K';

/** Chrome, and what is built from it: its name comes last. */
const chrome = (system: string, version: number, name = '', mobile = '') =>
  `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 ${mobile}Safari/537.36${name}`;
const android = (version: number, name = '') => chrome(ANDROID, version, name, 'Mobile ');
const firefox = (system: string, version: number) =>
  `Mozilla/5.0 (${system}; rv:${version}.0) Gecko/20100101 Firefox/${version}.0`;
const samsung = ({ version, chrome: base }: ReturnType<typeof samsungAt>) =>
  `Mozilla/5.0 (${ANDROID}) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/${version}.0 Chrome/${base}.0.0.0 Mobile Safari/537.36`;

/** Browsers on Apple's devices are all WebKit. */
const webKit = (system: string, rest: string) =>
  `Mozilla/5.0 (${system}) AppleWebKit/605.1.15 (KHTML, like Gecko) ${rest}`;
const safari = ({ major, minor }: Version) => webKit(MAC, `Version/${major}.${minor} Safari/605.1.15`);

/** The system of an iPhone as Safari tells it: from 26 on it says 18.6 whatever the version. */
const phone = ({ major, minor }: Version) =>
  `iPhone; CPU iPhone OS ${major < 26 ? `${major}_${minor}` : '18_6'} like Mac OS X`;
const tablet = (version: Version) => phone(version).replace('iPhone; CPU iPhone OS', 'iPad; CPU OS');
const mobileSafari = (system: string, { major, minor }: Version) =>
  webKit(system, `Version/${major}.${minor} Mobile/15E148 Safari/604.1`);
const iphone = (version: Version) => mobileSafari(phone(version), version);
const ipad = (version: Version) => mobileSafari(tablet(version), version);
/** Another maker's browser on an iPhone; it tells the system's own version. */
const onIphone = ({ major, minor }: Version, name: string) =>
  webKit(`iPhone; CPU iPhone OS ${major}_${minor} like Mac OS X`, `${name} Mobile/15E148 Safari/604.1`);
/** The page opened inside another app. */
const inApp = ({ major, minor }: Version, name: string) =>
  webKit(`iPhone; CPU iPhone OS ${major}_${minor} like Mac OS X`, `Mobile/15E148 ${name}`);
const webView = (model: string, version: number, name = '') =>
  `Mozilla/5.0 (Linux; Android 15; ${model}; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/${version}.0.${build(version)}.43 Mobile Safari/537.36${name}`;

/** Number of the build a Chrome version comes from, for browsers that still tell it: 7390 is 141. */
const build = (version: number) => 7390 + 53 * (version - 141);

/** The agents of a day, ms since 1970. */
function agentsAt(ms: number): Agent[] {
  const chromium = chromeAt(ms);
  const gecko = firefoxAt(ms);
  const now = safariAt(ms);
  const before = safariAt(ms - 55 * DAY_MS);
  const older = olderSafariAt(ms, 1);
  const oldest = olderSafariAt(ms, 2);
  const lastOld: Version = { major: 15, minor: 8 };
  const texts: readonly (readonly [text: string, weight: number])[] = [
    ...[150, 60, 14, 7, 4].map((weight, back) => [chrome(WINDOWS, chromium - back), weight] as const),
    [chrome(WINDOWS, chromium - 12), 3],
    [chrome('Windows NT 6.1; Win64; x64', 109), 2],
    ...[62, 22, 6, 3].map((weight, back) => [chrome(MAC, chromium - back), weight] as const),
    ...[9, 5, 2].map((weight, back) => [chrome(LINUX, chromium - back), weight] as const),
    ...[7, 4].map((weight, back) => [chrome(CHROME_OS, chromium - back), weight] as const),
    ...[58, 24, 6].map(
      (weight, back) => [chrome(WINDOWS, chromium - back, ` Edg/${chromium - back}.0.0.0`), weight] as const,
    ),
    [chrome(MAC, chromium, ` Edg/${chromium}.0.0.0`), 4],
    ...[22, 7].map((weight, back) => [firefox(WINDOWS, gecko - back), weight] as const),
    [firefox(WINDOWS, firefoxSupportedAt(ms)), 4],
    ...[7, 3].map(
      (weight, back) => [firefox('Macintosh; Intel Mac OS X 10.15', gecko - back), weight] as const,
    ),
    ...[5, 2].map((weight, back) => [firefox(LINUX, gecko - back), weight] as const),
    [firefox('X11; Ubuntu; Linux x86_64', gecko), 3],
    [chrome(WINDOWS, chromium - 1, ` OPR/${chromium - 17}.0.0.0`), 8],
    [chrome(MAC, chromium - 1, ` OPR/${chromium - 17}.0.0.0`), 2],
    [safari(now), 40],
    [safari(before), 18],
    [safari(older), 14],
    [safari(oldest), 4],
    [`${safari(now)} Ddg/${now.major}.${now.minor}`, 2],
    ...[118, 48, 13, 6, 4].map((weight, back) => [android(chromium - back), weight] as const),
    [android(chromium - 9), 4],
    [chrome(ANDROID, chromium), 6],
    [android(chromium, ` EdgA/${chromium}.0.0.0`), 3],
    [`Mozilla/5.0 (Android 15; Mobile; rv:${gecko}.0) Gecko/${gecko}.0 Firefox/${gecko}.0`, 5],
    [`Mozilla/5.0 (Android 14; Mobile; rv:${gecko - 1}.0) Gecko/${gecko - 1}.0 Firefox/${gecko - 1}.0`, 2],
    [samsung(samsungAt(ms)), 20],
    [samsung(samsungAt(ms - 155 * DAY_MS)), 8],
    [samsung(samsungAt(ms - 310 * DAY_MS)), 3],
    [webView('SM-S921U Build/AP3A.240905.015', chromium), 5],
    [webView('Pixel 8 Build/AP4A.250205.002', chromium - 1), 3],
    [iphone(now), 150],
    [iphone(before), 70],
    [iphone(older), 52],
    [iphone(oldest), 16],
    [iphone(lastOld), 3],
    [ipad(now), 14],
    [ipad(older), 8],
    [ipad(oldest), 3],
    ...[18, 8].map((weight, back) => {
      const version = chromium - back;
      return [onIphone(before, `CriOS/${version}.0.${build(version)}.96`), weight] as const;
    }),
    [onIphone(before, `FxiOS/${gecko}.0`), 3],
    [onIphone(before, `Version/${before.major}.0 EdgiOS/${chromium}.0.3537.60`), 2],
    [onIphone(before, `GSA/${389 + (chromium - 141)}.0.817324405`), 9],
    [inApp(before, `[FBAN/FBIOS;FBAV/${532 + (chromium - 141)}.0.0.34.106;FBDV/iPhone16,1]`), 6],
    [
      inApp(
        before,
        `Instagram ${400 + 4 * (chromium - 141)}.0.0.27.75 (iPhone16,1; iOS ${before.major}_${before.minor})`,
      ),
      7,
    ],
  ];
  return merged(texts);
}

/** Early in a cycle two of them may read the same. */
function merged(texts: readonly (readonly [text: string, weight: number])[]): Agent[] {
  const weights = new Map<string, number>();
  for (const [text, weight] of texts) weights.set(text, (weights.get(text) ?? 0) + weight);
  return [...weights].map(([text, weight]) => ({ text, weight }));
}

const days = new Map<string, readonly Agent[]>();

/** The agents of a plan's customers, always in the same order. @param demoDay `YYYY-MM-DD`. */
export function agentsOf({ demoDay }: { readonly demoDay: string }): readonly Agent[] {
  const known = days.get(demoDay) ?? agentsAt(Date.parse(`${demoDay}T00:00:00Z`));
  days.set(demoDay, known);
  return known;
}

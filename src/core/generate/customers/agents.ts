// The browsers customers use, weighted; versions are those of one release each, as a shop sees them in one week.

interface Agent {
  readonly text: string;
  readonly weight: number;
}

const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
const ANDROID = 'Mozilla/5.0 (Linux; Android 10; K)';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X)';
const IPAD = 'Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X)';
const chrome = (system: string, version: number, mobile = '') =>
  `${system} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 ${mobile}Safari/537.36`;
const safari = (system: string, version: string, mobile = '') =>
  `${system} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${version} ${mobile}Safari/604.1`;

export const AGENTS: readonly Agent[] = [
  { text: chrome(WINDOWS, 141), weight: 20 },
  { text: chrome(WINDOWS, 140), weight: 6 },
  { text: `${chrome(WINDOWS, 141)} Edg/141.0.0.0`, weight: 9 },
  { text: `${WINDOWS.slice(0, -1)}; rv:144.0) Gecko/20100101 Firefox/144.0`, weight: 4 },
  { text: chrome(MAC, 141), weight: 8 },
  { text: safari(MAC, '18.5').replace('604.1', '605.1.15'), weight: 7 },
  { text: `${MAC.slice(0, -5)}; rv:144.0) Gecko/20100101 Firefox/144.0`, weight: 1 },
  { text: chrome('Mozilla/5.0 (X11; Linux x86_64)', 141), weight: 2 },
  { text: chrome(ANDROID, 141, 'Mobile '), weight: 17 },
  { text: chrome(ANDROID, 140, 'Mobile '), weight: 4 },
  { text: safari(IPHONE, '18.5', 'Mobile/15E148 '), weight: 19 },
  { text: safari(IPAD, '18.5', 'Mobile/15E148 '), weight: 3 },
];

// Traffic and p95 over the same span of time, with the incidents marked under them.
import { Box } from 'ink';
import { useMemo } from 'react';
import type { Forecast } from '../../../wizard/services.ts';
import { axisRow, chartPoints, markRow } from '../../text/chart.ts';
import { SYMBOLS } from '../../text/symbols.ts';
import { chartSentence } from '../../text/tune-text.ts';
import { zoomWindows } from '../../text/tune-zoom.ts';
import { momentWords } from '../../text/when.ts';
import { Chart } from '../components/chart.tsx';
import { Line } from '../components/line.tsx';
import type { ScreenProps } from '../screen-props.ts';

interface TuneChartsProps {
  readonly screen: ScreenProps;
  readonly width: number;
  readonly rows: number;
  /** Side by side instead of one above the other. */
  readonly beside: boolean;
}

function axisOf(window: { fromMs: number; toMs: number }, timeZone: string, width: number): string {
  const words = (ms: number) => momentWords(ms, timeZone);
  const from = words(window.fromMs);
  return axisRow({ from, middle: '', to: words(window.toMs) }, width);
}

function Charts({
  screen,
  forecast,
  width,
  rows,
  beside,
}: TuneChartsProps & { readonly forecast: Forecast }) {
  const windows = zoomWindows(forecast, screen.state.nowMs);
  const window = windows[Math.min(screen.uiState.zoom, windows.length - 1)];
  const each = beside ? Math.floor((width - 1) / 2) : width;
  const fromMs = window?.fromMs ?? forecast.startMs;
  const toMs = window?.toMs ?? forecast.endMs;
  const series = useMemo(
    () => forecast.series({ fromMs, toMs, points: chartPoints(each) }),
    [forecast, fromMs, toMs, each],
  );
  const label = chartSentence(forecast, series);
  const marks = (
    <Line tone="care" decorative>
      {markRow(forecast.incidents, { fromMs, toMs }, each, SYMBOLS.mark)}
    </Line>
  );
  const axis = (
    <Line tone="quiet" decorative>
      {axisOf({ fromMs, toMs }, forecast.timeZone, each)}
    </Line>
  );
  // Above the charts stands what they show; what the marks mean stands where there is room for it.
  const high = beside ? rows - 3 : Math.floor((rows - 4) / 2);
  const legend = `   ${SYMBOLS.mark} incident`;
  const latencyTitle = beside ? 'p95 (ms)' : 'p95 response time (ms)';
  const traffic = (
    <Chart
      title="Transactions per second"
      values={series.tps}
      top={1}
      width={each}
      rows={beside ? high : rows - 4 - high}
      tone="traffic"
      label={label}
    />
  );
  const latency = (
    <Chart
      title={`${latencyTitle}${legend.length + latencyTitle.length <= each ? legend : ''}`}
      values={series.p95Ms}
      top={1000}
      width={each}
      rows={high}
      tone="latency"
      label=""
    />
  );
  const shows = <Line tone="focus">{window?.title ?? ''}</Line>;
  if (!beside) {
    return (
      <Box flexDirection="column" width={width} height={rows} flexShrink={0}>
        {shows}
        {traffic}
        {marks}
        {latency}
        {marks}
        {axis}
      </Box>
    );
  }
  return (
    <Box flexDirection="column" height={rows} flexShrink={0}>
      {shows}
      <Box height={rows - 1} columnGap={1} flexShrink={0}>
        {[traffic, latency].map((one, place) => (
          <Box key={place} flexDirection="column" width={each} flexShrink={0}>
            {one}
            {marks}
            {axis}
          </Box>
        ))}
      </Box>
    </Box>
  );
}

/** The charts of the plan as it is now; an empty box of the same size while there is none. */
export function TuneCharts(props: TuneChartsProps) {
  const { forecast } = props.screen.state;
  if (forecast.state === 'ready') return <Charts {...props} forecast={forecast.forecast} />;
  return <Box width={props.width} height={props.rows} flexShrink={0} />;
}

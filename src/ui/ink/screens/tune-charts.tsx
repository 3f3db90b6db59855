// Traffic and p95 over the same span of time, with the incidents marked under them.
import { Box } from 'ink';
import { useMemo } from 'react';
import type { Forecast } from '../../../wizard/services.ts';
import { chartPoints, linear, logSeconds, markRow, tickRow } from '../../text/chart.ts';
import { incidentMarks, marksLegend } from '../../text/incident-marks.ts';
import { timeTicks } from '../../text/time-axis.ts';
import { chartSentence } from '../../text/tune-text.ts';
import { zoomWindows } from '../../text/tune-zoom.ts';
import { Chart } from '../components/chart.tsx';
import { Line, Toned } from '../components/line.tsx';
import type { ScreenProps } from '../screen-props.ts';

interface TuneChartsProps {
  readonly screen: ScreenProps;
  readonly width: number;
  readonly rows: number;
  /** Side by side instead of one above the other. */
  readonly beside: boolean;
}

function Charts({
  screen,
  forecast,
  width,
  rows,
  beside,
}: TuneChartsProps & { readonly forecast: Forecast }) {
  const windows = zoomWindows(forecast, screen.state.nowMs);
  const zoomed = windows[Math.min(screen.uiState.zoom, windows.length - 1)];
  const each = beside ? Math.floor((width - 1) / 2) : width;
  const fromMs = zoomed?.fromMs ?? forecast.startMs;
  const toMs = zoomed?.toMs ?? forecast.endMs;
  const series = useMemo(
    () => forecast.series({ fromMs, toMs, points: chartPoints(each) }),
    [forecast, fromMs, toMs, each],
  );
  const { incidents, timeZone } = forecast;
  const span = { fromMs, toMs };
  const title = zoomed?.title ?? '';
  const marks = (
    <Line tone="care" decorative>
      {markRow(incidentMarks(incidents), span, each)}
    </Line>
  );
  const axis = (
    <Line tone="quiet" decorative>
      {tickRow(timeTicks(span, timeZone, each), span, each)}
    </Line>
  );
  const traffic = (height: number) => (
    <Chart
      title="Transactions per second"
      values={series.tps}
      scale={linear(1)}
      width={each}
      rows={height}
      tone="traffic"
      label={chartSentence(forecast, series)}
    />
  );
  const latency = (height: number) => (
    <Chart
      title="p95, s"
      values={series.p95Ms}
      scale={logSeconds}
      width={each}
      rows={height}
      tone="latency"
      label=""
    />
  );
  if (!beside) {
    // Around the charts: what they show, the marks, the time, and what the marks mean.
    const high = Math.floor((rows - 4) / 2);
    return (
      <Box flexDirection="column" width={width} height={rows} flexShrink={0}>
        <Line tone="focus">{title}</Line>
        {traffic(rows - 4 - high)}
        {latency(high)}
        {marks}
        {axis}
        <Line tone="quiet">{marksLegend(incidents, span, each)}</Line>
      </Box>
    );
  }
  const legend = marksLegend(incidents, span, width - title.length - 3);
  return (
    <Box flexDirection="column" height={rows} flexShrink={0}>
      <Line>
        <Toned tone="focus">{title}</Toned>
        <Toned tone="quiet">{`   ${legend}`}</Toned>
      </Line>
      <Box height={rows - 1} columnGap={1} flexShrink={0}>
        {[traffic, latency].map((draw, place) => (
          <Box key={place} flexDirection="column" width={each} flexShrink={0}>
            {draw(rows - 3)}
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

// A chart over rounds (or days, or hours), drawn by uPlot outside React: React only hands it data. Interventions stand as dashed
// lines, the looked-at round as a solid one. Colours follow the scheme; a text twin stands in the label.
import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useEffectEvent, useRef } from 'react';
import uPlot from 'uplot';
import { tokenColour } from './colour.ts';
import styles from './line-chart.module.css';

export interface ChartSeries {
  readonly label: string;
  readonly token: string;
  readonly values: readonly (number | null)[];
  readonly dash?: readonly number[];
}

export interface LineChartProps {
  readonly label: string;
  readonly rounds: readonly number[];
  readonly series: readonly ChartSeries[];
  /** Rounds at which something was injected. */
  readonly marks?: readonly number[];
  readonly current?: number | undefined;
  readonly height?: number;
  readonly format: (value: number) => string;
  /** Fixed bounds of the value axis; else it fits the data. */
  readonly bounds?: readonly [number, number] | undefined;
  readonly onPick?: ((round: number) => void) | undefined;
  /** What `rounds` counts, where it is not rounds. */
  readonly axis?: { readonly name: string; readonly format: (value: number) => string };
}

const DEFAULT_HEIGHT = 170;
const ROUNDS = { name: 'Round', format: String } as const;

interface Moving {
  marks: readonly number[];
  current: number | undefined;
  onPick: ((round: number) => void) | undefined;
}

/** Away from the chart the legend tells the round that is looked at, or else the newest. */
function showRound(plot: uPlot, round: number | undefined): void {
  const at = round === undefined ? -1 : plot.data[0].indexOf(round);
  plot.setLegend({ idx: at === -1 ? plot.data[0].length - 1 : at }, false);
}

function drawLines(plot: uPlot, moving: Moving): void {
  const { ctx, bbox } = plot;
  const line = (round: number, colour: string, dash: number[], width: number): void => {
    const x = Math.round(plot.valToPos(round, 'x', true));
    if (x < bbox.left || x > bbox.left + bbox.width) return;
    ctx.save();
    ctx.strokeStyle = colour;
    ctx.lineWidth = width * devicePixelRatio;
    ctx.setLineDash(dash.map((part) => part * devicePixelRatio));
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.restore();
  };
  for (const round of moving.marks) line(round, tokenColour('--simulated'), [4, 3], 1.5);
  if (moving.current !== undefined) line(moving.current, tokenColour('--ink-soft'), [], 1.2);
}

/** Places of values without neighbours: a line has no ink for them. */
function lonely(plot: uPlot, index: number): number[] {
  const values = plot.data[index] ?? [];
  const isThere = (place: number): boolean => typeof values[place] === 'number';
  return Array.from(values, (_, place) => place).filter((place) => isThere(place) && !isThere(place - 1) && !isThere(place + 1));
}

function optionsFor(props: LineChartProps, width: number, moving: Moving): uPlot.Options {
  const along = props.axis ?? ROUNDS;
  const axis = {
    stroke: tokenColour('--ink-faint'),
    grid: { stroke: tokenColour('--line'), width: 1 },
    ticks: { show: false },
    font: '11px ui-sans-serif, system-ui, sans-serif',
  };
  return {
    width,
    height: props.height ?? DEFAULT_HEIGHT,
    padding: [10, props.axis === undefined ? 8 : 26, 0, 0],
    legend: { show: true, live: true },
    cursor: { points: { size: 7 }, drag: { x: false, y: false } },
    scales: { x: { time: false }, y: props.bounds === undefined ? {} : { range: [props.bounds[0], props.bounds[1]] } },
    axes: [
      {
        ...axis,
        size: 24,
        incrs: [1, 2, 4, 6, 12, 24, 48, 100, 200, 500],
        values: (_, ticks) => ticks.map((tick) => along.format(tick)),
      },
      { ...axis, size: 46, values: (_, ticks) => ticks.map((tick) => props.format(tick)) },
    ],
    series: [
      { label: along.name, value: (_, value: number | null) => (value === null ? '–' : along.format(value)) },
      ...props.series.map((series) => ({
        label: series.label,
        stroke: tokenColour(series.token),
        width: 2,
        points: { show: (plot: uPlot, index: number) => lonely(plot, index).length > 0, filter: lonely, size: 7 },
        ...(series.dash === undefined ? {} : { dash: [...series.dash] }),
        value: (_: uPlot, value: number | null) => (value === null ? '–' : props.format(value)),
      })),
    ],
    hooks: {
      setCursor: [(plot) => (plot.cursor.idx ?? -1) < 0 && showRound(plot, moving.current)],
      draw: [(plot) => drawLines(plot, moving)],
      ready: [
        (plot) => showRound(plot, moving.current),
        (plot) =>
          plot.over.addEventListener('click', () => {
            const round = plot.data[0][plot.cursor.idx ?? -1];
            if (round !== undefined) moving.onPick?.(round);
          }),
      ],
    },
  };
}

const dataOf = (rounds: readonly number[], series: readonly ChartSeries[]): uPlot.AlignedData => [
  [...rounds],
  ...series.map((one) => [...one.values]),
];

function Plot(props: LineChartProps) {
  const { rounds, series, marks, current, onPick } = props;
  const holder = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const moving = useRef<Moving>({ marks: [], current: undefined, onPick: undefined });

  const open = useEffectEvent((element: HTMLDivElement) => {
    const chart = new uPlot(optionsFor(props, element.clientWidth, moving.current), dataOf(rounds, series), element);
    const fit = (): void => chart.setSize({ width: element.clientWidth, height: props.height ?? DEFAULT_HEIGHT });
    return { chart, fit };
  });
  useEffect(() => {
    if (holder.current === null) return undefined;
    const { chart, fit } = open(holder.current);
    const observer = new ResizeObserver(fit);
    observer.observe(holder.current);
    plot.current = chart;
    return () => {
      observer.disconnect();
      chart.destroy();
      plot.current = undefined;
    };
  }, []);
  useEffect(() => {
    plot.current?.setData(dataOf(rounds, series));
    if (plot.current !== undefined) showRound(plot.current, moving.current.current);
  }, [rounds, series]);
  useEffect(() => {
    Object.assign(moving.current, { marks: marks ?? [], current, onPick });
    if (plot.current !== undefined) showRound(plot.current, current);
    plot.current?.redraw(false);
  }, [marks, current, onPick]);

  const spoken = series.map((one) => {
    const last = one.values.at(-1);
    return `${one.label} ${last === undefined || last === null ? 'no value' : props.format(last)}`;
  });
  return (
    <div
      ref={holder}
      className={styles.chart}
      role="img"
      aria-label={`${props.label}. Last ${(props.axis ?? ROUNDS).name.toLowerCase()}: ${spoken.join(', ')}.`}
    />
  );
}

/** A new plot for another scheme or other lines; everything else moves inside the one that is there. */
export function LineChart(props: LineChartProps) {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const lines = props.series.map((one) => one.label + one.token).join('|');
  return <Plot key={`${scheme}|${lines}|${String(props.bounds)}`} {...props} />;
}

// Opens the renderer over a prepared graph: dims what is not near the hovered or selected node, hides what the
// legend hides, and draws labels in the page's colours.
import { Sigma } from 'sigma';
import type { NodeHoverDrawingFunction } from 'sigma/rendering';
import { tokenColour, tokenHex } from '../shared/colour.ts';
import { createLabels } from './labels.ts';
import { crowding, type DrawnGraph, type EdgeLook, type NodeLook } from './build-graph.ts';

export interface MapFocus {
  hidden: ReadonlySet<string>;
  selected: string | undefined;
  hovered: string | undefined;
  /** Edges that hold at the date that is looked at; undefined is all. */
  held: ReadonlySet<string> | undefined;
  /** Nodes whose ties all lie outside of that date. */
  quiet: ReadonlySet<string>;
  /** A chain of edges that is shown, and its nodes. */
  chain: ReadonlySet<string>;
}

const LABELS_ON_EDGES_UNDER = 400;

function drawHover(background: string, ink: string): NodeHoverDrawingFunction<NodeLook, EdgeLook> {
  return (context, data, settings) => {
    const label = data.label ?? '';
    context.font = `600 ${settings.labelSize}px ${settings.labelFont}`;
    const width = context.measureText(label).width + 14;
    const height = settings.labelSize + 12;
    const left = data.x + data.size + 5;
    context.fillStyle = background;
    context.strokeStyle = data.color;
    context.lineWidth = 1.5;
    context.beginPath();
    context.roundRect(left, data.y - height / 2, width, height, 6);
    context.fill();
    context.stroke();
    context.beginPath();
    context.arc(data.x, data.y, data.size + 3, 0, Math.PI * 2);
    context.stroke();
    context.fillStyle = ink;
    context.fillText(label, left + 7, data.y + settings.labelSize / 3);
  };
}

export function openMap(
  graph: DrawnGraph,
  holder: HTMLElement,
  focus: MapFocus,
  onSelect: (id: string | undefined) => void,
): Sigma {
  const faded = tokenHex('--line');
  const accent = tokenHex('--sea');
  const near = (node: string): boolean => {
    const centre = focus.hovered ?? focus.selected;
    if (centre === undefined && focus.quiet.has(node)) return false;
    return centre === undefined || !graph.hasNode(centre) || node === centre || graph.areNeighbors(node, centre);
  };
  const isHidden = (node: string): boolean => focus.hidden.has(graph.getNodeAttribute(node, 'group'));

  const labels = createLabels(tokenColour('--surface'), tokenColour('--ink'));

  const map = new Sigma<NodeLook, EdgeLook>(graph, holder, {
    allowInvalidContainer: true,
    labelFont: 'ui-sans-serif, system-ui, sans-serif',
    labelSize: 12,
    labelWeight: '500',
    labelColor: { color: tokenColour('--ink') },
    labelDensity: 1,
    labelRenderedSizeThreshold: 5.5 * crowding(graph.order),
    edgeLabelSize: 10,
    edgeLabelColor: { color: tokenColour('--ink-soft') },
    renderEdgeLabels: graph.size < LABELS_ON_EDGES_UNDER,
    defaultEdgeType: 'arrow',
    hideEdgesOnMove: graph.size > 8000,
    minCameraRatio: 0.02,
    maxCameraRatio: 4,
    zIndex: true,
    defaultDrawNodeLabel: labels.draw,
    defaultDrawNodeHover: drawHover(tokenColour('--surface-raised'), tokenColour('--ink')),
    nodeReducer: (node, data) => {
      if (isHidden(node)) return { ...data, hidden: true };
      if (focus.chain.has(node)) return { ...data, forceLabel: true, zIndex: 2 };
      if (focus.chain.size > 0 && focus.hovered === undefined && focus.selected === undefined)
        return { ...data, color: faded, label: null, zIndex: 0 };
      if (node === focus.selected) return { ...data, highlighted: true, zIndex: 2 };
      return near(node) ? { ...data, zIndex: 1 } : { ...data, color: faded, label: null, zIndex: 0 };
    },
    edgeReducer: (edge, data) => {
      const [source, target] = graph.extremities(edge);
      if (isHidden(source) || isHidden(target)) return { ...data, hidden: true };
      if (focus.chain.has(edge)) return { ...data, color: accent, size: 4, zIndex: 2, forceLabel: true };
      if (focus.held?.has(edge) === false) return { ...data, hidden: true };
      const centre = focus.hovered ?? focus.selected;
      if (centre === undefined) return focus.chain.size > 0 ? { ...data, hidden: true } : { ...data, label: '' };
      return source === centre || target === centre ? { ...data, color: accent, size: 2, zIndex: 1 } : { ...data, hidden: true };
    },
  });
  map.on('beforeRender', labels.begin);
  const hover = (node: string | undefined) => (): void => {
    focus.hovered = node;
    map.refresh({ skipIndexation: true });
  };
  map.on('enterNode', ({ node }) => hover(node)());
  map.on('leaveNode', hover(undefined));
  map.on('clickNode', ({ node }) => onSelect(node));
  map.on('clickStage', () => onSelect(undefined));
  return map;
}

// Draws the names on the map: each with a rim in the colour of the ground, so that dots behind it do not break it up, and
// none across another one.
import type { NodeLabelDrawingFunction } from 'sigma/rendering';
import type { EdgeLook, NodeLook } from './build-graph.ts';

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Labels {
  readonly draw: NodeLabelDrawingFunction<NodeLook, EdgeLook>;
  /** Forgets where names stand; before each frame. */
  readonly begin: () => void;
}

const RIM = 4;
const GAP = 3;

export function createLabels(ground: string, ink: string): Labels {
  let taken: Box[] = [];
  return {
    begin: () => {
      taken = [];
    },
    draw: (context, data, { labelFont, labelSize, labelWeight }) => {
      const label = data.label ?? '';
      if (label === '') return;
      context.font = `${labelWeight} ${labelSize}px ${labelFont}`;
      const left = data.x + data.size + GAP;
      const box = {
        left,
        right: left + context.measureText(label).width,
        top: data.y - labelSize / 2,
        bottom: data.y + labelSize / 2,
      };
      if (taken.some((other) => overlap(other, box))) return;
      taken.push(box);
      context.lineJoin = 'round';
      context.lineWidth = RIM;
      context.strokeStyle = ground;
      context.strokeText(label, left, data.y + labelSize / 3);
      context.fillStyle = ink;
      context.fillText(label, left, data.y + labelSize / 3);
    },
  };
}

const overlap = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

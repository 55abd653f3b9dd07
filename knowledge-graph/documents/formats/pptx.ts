// PPTX: slides in their order, each title a heading, then its text, tables and diagrams, then the speaker's notes.
// What stands on most slides is decoration.
import { cleanLine } from '../clean-text.ts';
import { coreProperties } from '../core-properties.ts';
import { type BlockDraft, type DocumentDraft, withOwnTitle } from '../draft.ts';
import { relationId, relationsOf, rootOf } from '../package-parts.ts';
import { diagramBlocks, slideBlocks } from '../slide-text.ts';
import { statedTitle } from '../stated-title.ts';
import { Unreadable } from '../unreadable.ts';
import { descendant, descendants, parsePart, type XmlNode } from '../xml-part.ts';
import type { ZipFile } from '../zip.ts';

const WHAT = 'a presentation (PowerPoint)';
const PRESENTATION = 'ppt/presentation.xml';
/** On this many slides, and on half of them, a line is part of the design. */
const MIN_REPEATS = 3;

interface Slide {
  readonly shown: readonly BlockDraft[];
  readonly notes: readonly BlockDraft[];
}

function readSlide(zip: ZipFile, path: string): Slide {
  const relations = relationsOf(zip, path);
  const treeOf = (part: string): XmlNode | undefined => descendant(rootOf(zip, part, WHAT), 'spTree');
  const diagram = (frame: XmlNode): readonly BlockDraft[] => {
    const pointer = descendant(frame, 'relIds');
    const id = pointer === undefined ? undefined : relationId(pointer, 'dm');
    const bytes = zip.read(relations.find((relation) => relation.id === id)?.target ?? '');
    return bytes === undefined ? [] : diagramBlocks(parsePart(bytes));
  };
  const tree = treeOf(path);
  const notes = relations.find(({ type }) => type === 'notesSlide')?.target;
  const notesTree = notes === undefined || !zip.has(notes) ? undefined : treeOf(notes);
  return {
    shown: tree === undefined ? [] : titleFirst(slideBlocks(tree, diagram)),
    notes: notesTree === undefined ? [] : slideBlocks(notesTree, () => []).map(({ text }) => ({ kind: 'paragraph', text })),
  };
}

/** Shapes stand in the order they were drawn in, which is not always the order they are read in. */
function titleFirst(blocks: readonly BlockDraft[]): readonly BlockDraft[] {
  const title = blocks.find(({ kind }) => kind === 'heading');
  return title === undefined ? blocks : [title, ...blocks.filter((block) => block !== title)];
}

function withoutRepeats(slides: readonly Slide[]): readonly BlockDraft[] {
  const counts = new Map<string, number>();
  for (const { shown } of slides) {
    for (const line of new Set(shown.map(({ text }) => cleanLine(text)))) counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  const enough = Math.max(MIN_REPEATS, slides.length / 2);
  const isDesign = ({ kind, text }: BlockDraft): boolean =>
    kind !== 'heading' && kind !== 'table-row' && (counts.get(cleanLine(text)) ?? 0) >= enough;
  return slides.flatMap(({ shown, notes }) => [...shown.filter((block) => !isDesign(block)), ...notes]);
}

export function readPptx(zip: ZipFile): DocumentDraft {
  const targets = new Map(relationsOf(zip, PRESENTATION).map(({ id, target }) => [id, target]));
  const slides = descendants(rootOf(zip, PRESENTATION, WHAT), 'sldId')
    .map((slide) => targets.get(relationId(slide) ?? ''))
    .filter((path) => path !== undefined)
    .map((path) => readSlide(zip, path));
  const blocks = withoutRepeats(slides);
  if (blocks.length === 0) {
    throw new Unreadable(
      'It is a presentation without text. If its slides are pictures, run text recognition (OCR) on them first.',
    );
  }
  const core = coreProperties(zip.read('docProps/core.xml'));
  return withOwnTitle({ mediaType: 'pptx', ...core, title: statedTitle(core.title), blocks });
}

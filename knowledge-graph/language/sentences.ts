// Sentence spans without tagging, for quoting: the platform's segmenter, with breaks after abbreviations undone.
const ABBREVIATION =
  /(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|St|Sr|Jr|Inc|Corp|Ltd|Co|vs|etc|e\.g|i\.e|No|Gen|Col|Sen|Rep|Gov|U\.S|U\.K|\p{Lu})\.\s*$/u;
const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Sentences of a stretch of text, without the white space around them. */
export function splitSentences(
  text: string,
  start: number,
  end: number,
): readonly { readonly start: number; readonly end: number }[] {
  const spans: { start: number; end: number }[] = [];
  let open = start;
  for (const { segment, index } of segmenter.segment(text.slice(start, end))) {
    const stop = start + index + segment.length;
    if (stop < end && ABBREVIATION.test(segment)) continue;
    const raw = text.slice(open, stop);
    const from = open + (raw.length - raw.trimStart().length);
    const to = stop - (raw.length - raw.trimEnd().length);
    if (to > from) spans.push({ start: from, end: to });
    open = stop;
  }
  return spans;
}

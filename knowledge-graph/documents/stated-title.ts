// The title in a file's metadata, where a person wrote it: programs put their own name or the file's name there.
import { cleanLine } from './clean-text.ts';

const JUNK =
  /^(microsoft|untitled|powerpoint|document\d*$|presentation\d*$|book\d*$|slide \d|演示文稿\d*$|无标题)|\.(docx?|pdf|indd|tex|odt|pptx?|xlsx?|rtf|html?)$/i;

export function statedTitle(raw: unknown): string | undefined {
  const title = typeof raw === 'string' ? cleanLine(raw) : '';
  const isShort = title.length < (/\p{Script=Han}/u.test(title) ? 2 : 4);
  return isShort || JUNK.test(title) ? undefined : title;
}

// What an Office file says about itself in docProps/core.xml.
import { cleanLine } from './clean-text.ts';
import { isoDate } from './dates.ts';
import { childrenOf, descendant, parsePart, textOf } from './xml-part.ts';

export interface CoreProperties {
  readonly title: string | undefined;
  readonly author: string | undefined;
  readonly createdAt: string | undefined;
  readonly declaredLanguage: string | undefined;
}

export function coreProperties(xml: Uint8Array | undefined): CoreProperties {
  const root = xml === undefined ? undefined : descendant(parsePart(xml), 'coreProperties');
  const property = (name: string): string | undefined => {
    const [element] = root === undefined ? [] : childrenOf(root, name);
    return element === undefined ? undefined : cleanLine(textOf(element)) || undefined;
  };
  return {
    title: property('title'),
    author: property('creator'),
    createdAt: isoDate(property('created')),
    declaredLanguage: property('language'),
  };
}

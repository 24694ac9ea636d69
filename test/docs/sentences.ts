import { lexer, type Token, type Tokens } from "marked";

/** Full stops that end no sentence. */
const SHORT = ["Fig.", "Figs.", "al.", "e.g.", "i.e."];

/** A text on one line. */
export const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();

/** Blocks that hold running text: paragraphs, headings, cells and items, each on one line. Code is none. */
function blocks(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token): string[] => {
    switch (token.type) {
      case "list":
        return (token as Tokens.List).items.flatMap((item) => blocks(item.tokens));
      case "blockquote":
        return blocks((token as Tokens.Blockquote).tokens);
      case "table": {
        const { header, rows } = token as Tokens.Table;
        return [header, ...rows].flat().map(({ text }) => oneLine(text));
      }
      case "paragraph":
      case "heading":
      case "text":
        return [oneLine((token as Tokens.Text).text)];
      default:
        return [];
    }
  });
}

function split(block: string): string[] {
  const sentences: string[] = [];
  for (const piece of block.split(/(?<=[.!?][)*"]{0,3}) (?=[^a-z])/)) {
    const last = sentences.at(-1);
    if (last && SHORT.some((short) => last.endsWith(short))) sentences[sentences.length - 1] = `${last} ${piece}`;
    else sentences.push(piece);
  }
  return sentences;
}

/** Sentences of a Markdown text, in its order, each on one line. */
export const sentencesOf = (markdown: string): string[] => blocks(lexer(markdown)).flatMap(split);

/** Names that say nothing: the profile `paper`, its files, the cases and methods that the paper has. */
const NAMES = /`[^`]*`|\(http[^)]*\)|\b(case|method)s? of the paper\b|\bpaper's cases\b/gi;

const SPEAKS = /\b(papers?|authors?|appendix|claimed)\b|arXiv:2509\.10562|\bFigs?\.? \d/i;

/** Whether a sentence speaks of a paper, its figures or its authors, rather than naming its cases and methods. */
export const speaksOfPaper = (sentence: string): boolean => SPEAKS.test(sentence.replace(NAMES, ""));

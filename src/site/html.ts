const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as it may stand in HTML, XML and attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => ENTITIES[c]);

/** The text that such HTML shows. */
export const unescapeHtml = (html: string): string =>
  Object.entries(ENTITIES).reduceRight((text, [character, entity]) => text.replaceAll(entity, character), html);

/** Name of a problem in a file name or a fragment: `add139-beta-0.8`. */
export const slug = (title: string): string => title.replace(/[^\w.]+/g, "-");

/** A value as JSON that may stand in a script element: nothing in it ends the element. */
export const scriptJson = (value: unknown): string => JSON.stringify(value).replaceAll("<", "\\u003c");

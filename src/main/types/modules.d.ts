/** Modules and globals of the page that have no types of their own. */

declare module "htm" {
  const htm: {
    bind(create: typeof import("preact").h): (markup: TemplateStringsArray, ...values: unknown[]) => import("preact").VNode;
  };
  export default htm;
}

/** The list of emoji that the build makes (src/build/bundle/EmojiList.java). */
declare module "emoji-data" {
  const text: string;
  export default text;
}

/** What language.js, which runs before anything is drawn, leaves for `model/language.js`. */
declare var parlanceLanguage:
  | {
      languages: string[];
      language: string;
      texts: Promise<import("../resources/web/words/words.js").Catalogue | null>;
      wanted(chosen?: string): string;
      show(language: string): void;
      load(language: string): Promise<import("../resources/web/words/words.js").Catalogue | null>;
    }
  | undefined;

/** Trusted Types, which not all browsers have. */
declare var trustedTypes:
  | {
      createPolicy<Rules>(
        name: string,
        rules: Rules,
      ): { [Rule in keyof Rules]: Rules[Rule] extends (...given: any) => any ? (text: string) => string : never };
    }
  | undefined;

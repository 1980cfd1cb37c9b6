// A classic script, run before anything is drawn: a page that is read from right to left never shows itself the other way round.
(() => {
  /** Paths of the texts of each language. Those of English come with the modules. */
  const paths = { .../** @type {HTMLScriptElement} */ (document.currentScript).dataset };
  const ENGLISH = "en";
  const RIGHT_TO_LEFT = ["ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"];
  const ANSWER_WITHIN_MS = 10_000;
  const root = document.documentElement;

  /** Language that the user has chosen for this browser; empty for none. */
  function kept() {
    try {
      return localStorage.getItem("parlance.language") ?? "";
    } catch {
      return "";
    }
  }

  /** The chosen language, or else the first one of the browser, that the page has. */
  function wanted(chosen = kept()) {
    const languages = [chosen, ...navigator.languages].map((tag) => tag.toLowerCase().split("-")[0]);
    return languages.find((language) => language === ENGLISH || Object.hasOwn(paths, language)) ?? ENGLISH;
  }

  /** @param {string} language */
  function show(language) {
    root.lang = language;
    root.dir = RIGHT_TO_LEFT.includes(language) ? "rtl" : "ltr";
  }

  /** The texts of a language; null for English. @param {string} language */
  async function load(language) {
    if (language === ENGLISH) {
      return null;
    }
    const answer = await fetch(/** @type {string} */ (paths[language]), { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    if (!answer.ok) {
      throw new Error(`The texts of the language ${language} were answered by ${answer.status}`);
    }
    return answer.json();
  }

  /**
   * Words the note of a page that is not there yet. Its elements have the English words.
   *
   * @param {{early: Record<string, string>}} given
   */
  function wordNote({ early }) {
    const note = document.getElementById("loading-text");
    const again = document.getElementById("loading-again");
    if (note !== null && again !== null) {
      Object.assign(note.dataset, early);
      note.textContent = early[note.dataset.shown ?? "loading"];
      again.textContent = early.again;
    }
  }

  const language = wanted();
  show(language);
  const texts = load(language);
  self.parlanceLanguage = { languages: [ENGLISH, ...Object.keys(paths)], language, texts, wanted, show, load };
  if (language !== ENGLISH) {
    root.dataset.words = "loading";
    const isParsed = new Promise((parsed) => addEventListener("DOMContentLoaded", parsed));
    Promise.all([texts, isParsed])
      .then(([words]) => wordNote(words))
      .catch(() => show(ENGLISH))
      .finally(() => delete root.dataset.words);
  }
})();

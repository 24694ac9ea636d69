// Reads runs, each from a script of its own. A plain script, which puts `runs` into the global scope.
globalThis.runs = (() => {
  const known = new Map();
  const isId = (text) => /^[0-9a-f]{16}$/.test(text);

  // What the script of a run calls.
  globalThis.showRun = (run) => known.set(run.id, run);

  /** What is shown of a run; null where there is none with this id. */
  function load(id) {
    if (known.has(id) || !isId(id)) return Promise.resolve(known.get(id) ?? null);
    const script = document.createElement("script");
    script.src = `runs/${id}.js`;
    const done = new Promise((resolve) => {
      script.addEventListener("load", () => resolve(known.get(id) ?? null));
      script.addEventListener("error", () => resolve(null));
    });
    document.head.append(script);
    return done;
  }

  return { isId, load };
})();

// Numbers as a reader wants them. A plain script, which puts `numbers` into the global scope: pages from a folder load no
// modules, and a test imports it for that effect.
globalThis.numbers = (() => {
  const NOTHING = "–";
  const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

  const integer = (n) => Math.round(n).toLocaleString("en-US");

  /** Three digits that mean something: `0.0123`, `12.3`, `1,230`, `1.2·10⁻⁶`. */
  function figure(x) {
    if (x === null || x === undefined || !Number.isFinite(x)) return NOTHING;
    const size = Math.abs(x);
    if (size >= 1e3 && size < 1e7) return integer(x);
    if (size === 0 || (size >= 1e-3 && size < 1e3)) return String(Number(x.toPrecision(3)));
    const [digits, power] = x.toExponential(1).split("e");
    const raised = [...String(Math.abs(power))].map((digit) => SUPERSCRIPTS[digit]).join("");
    const base = `10${power < 0 ? "⁻" : ""}${raised}`;
    return digits === "1.0" ? base : `${Number(digits)}·${base}`;
  }

  const percent = (share) => share === null ? NOTHING : `${Math.round(100 * share)} %`;

  /** A number of gradient calls as scripts of runs have it: `{"=": 2575}`, or a bound, `{">=": 75000}`. */
  function calls(known) {
    if (!known) return NOTHING;
    return known["="] === undefined ? `≥ ${integer(known[">="])}` : integer(known["="]);
  }

  /** How many times fewer gradient calls `own` takes than `first`; a bound where one of them is one, nothing where both. */
  function ratio(first, own) {
    if (!first || !own) return NOTHING;
    const [base, time] = [first, own].map((known) => known["="] ?? known[">="]);
    const bounds = (first["="] === undefined ? "≥ " : "") + (own["="] === undefined ? "≤ " : "");
    if (bounds.length > 2) return NOTHING;
    const times = base / time;
    return `${bounds}${times >= 100 ? integer(times) : times.toPrecision(3)}×`;
  }

  /** Powers of ten within a range, with 2 and 5 between them in less than two decades, and more in less than one. */
  function logTicks(least, greatest) {
    const [from, to] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(greatest))];
    const width = Math.log10(greatest / least);
    const steps = width < 1 ? [1, 2, 3, 4, 5, 6, 8] : width < 2 ? [1, 2, 5] : [1];
    const every = Math.ceil(width / 7);
    const all = [];
    for (let power = from; power <= to; power++) {
      if (power % every === 0) all.push(...steps.map((n) => Number(`${n}e${power}`)));
    }
    return all.filter((tick) => tick >= least * 0.999 && tick <= greatest * 1.001);
  }

  return { NOTHING, integer, figure, percent, calls, ratio, logTicks };
})();

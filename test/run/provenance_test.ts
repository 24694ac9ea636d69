import { assert, assertEquals } from "@std/assert";
import { processor, provenanceOf } from "../../src/run/record/provenance.ts";

const VARIABLE = "DRIVEN_HUNT_CPU";

Deno.test("a record names the processor as the machine does, or as DRIVEN_HUNT_CPU does", () => {
  const before = Deno.env.get(VARIABLE);
  const named = () => provenanceOf({}, {}, { commit: null, dirty: null }, null).cpu;
  try {
    Deno.env.delete(VARIABLE);
    assert(named().length > 0);
    assertEquals(named(), processor());
    Deno.env.set(VARIABLE, "a made-up processor");
    assertEquals(named(), "a made-up processor");
  } finally {
    before === undefined ? Deno.env.delete(VARIABLE) : Deno.env.set(VARIABLE, before);
  }
});

import type { LedgerEntry } from "../../src/declare/claim.ts";
import { algorithm1 } from "./ledger/algorithm_1.ts";
import { algorithm2 } from "./ledger/algorithm_2.ts";
import { introduction } from "./ledger/introduction.ts";
import { laws } from "./ledger/laws.ts";
import { regimes } from "./ledger/regimes.ts";
import { setUp } from "./ledger/set_up.ts";
import { standard } from "./ledger/standard.ts";
import type { Section } from "./sections.ts";

/** A part of the ledger: the sentences of one section. */
export interface Part {
  readonly title: string;
  readonly entries: readonly LedgerEntry<Section>[];
}

/** Every sentence of the paper that can be measured, in our words, by section. */
export const ledger: readonly Part[] = [
  { title: "Abstract and section 1: ravines", entries: introduction },
  { title: "Section 2: the standard procedure", entries: standard },
  { title: "Section 3: Algorithm 1", entries: algorithm1 },
  { title: "Section 4: Algorithm 2", entries: algorithm2 },
  { title: "Section 5: laws", entries: laws },
  { title: "Sections 6 and 7: other regimes, conclusion", entries: regimes },
  { title: "Appendix A.1: set-up", entries: setUp },
];

export const entries: readonly LedgerEntry<Section>[] = ledger.flatMap((part) => part.entries);

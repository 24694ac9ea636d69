/** Types and declarations as `deno doc --json` (version 2) gives them; of its kinds those that our library has. */
type TsType =
  | { readonly kind: "keyword" | "typeQuery"; readonly value: string }
  | { readonly kind: "literal"; readonly repr: string; readonly value: { readonly kind: string } }
  | { readonly kind: "typeRef"; readonly value: { readonly typeName: string; readonly typeParams?: readonly TsType[] } }
  | { readonly kind: "typeOperator"; readonly value: { readonly operator: string; readonly tsType: TsType } }
  | { readonly kind: "array" | "parenthesized"; readonly value: TsType }
  | { readonly kind: "union" | "intersection"; readonly value: readonly TsType[] }
  | { readonly kind: "indexedAccess"; readonly value: { readonly objType: TsType; readonly indexType: TsType } }
  | { readonly kind: "mapped"; readonly value: Mapped }
  | { readonly kind: "fnOrConstructor"; readonly value: { readonly params: readonly Param[]; readonly tsType: TsType } }
  | { readonly kind: "typeLiteral"; readonly value: Members };

interface Mapped {
  readonly readonly?: boolean;
  readonly optional?: boolean;
  readonly typeParam: TypeParam;
  readonly tsType: TsType;
}

interface TypeParam {
  readonly name: string;
  readonly constraint?: TsType;
  readonly default?: TsType;
}

type Param =
  | { readonly kind: "identifier"; readonly name: string; readonly optional?: boolean; readonly tsType?: TsType }
  | { readonly kind: "object"; readonly props: readonly { readonly key: string }[]; readonly tsType?: TsType }
  | { readonly kind: "rest"; readonly arg: Param; readonly tsType?: TsType }
  | { readonly kind: "assign"; readonly left: Param };

/** What stands before a declaration. */
export interface JsDoc {
  readonly doc?: string;
  readonly tags?: readonly { readonly kind: string; readonly name?: string; readonly tsType?: TsType; doc?: string }[];
}

interface Callable {
  readonly params: readonly Param[];
  readonly returnType?: TsType;
  readonly typeParams?: readonly TypeParam[];
}

type Method = Callable & { readonly name: string; readonly optional?: boolean; readonly jsDoc?: JsDoc };

interface Property {
  readonly name: string;
  readonly readonly?: boolean;
  readonly optional?: boolean;
  readonly tsType?: TsType;
  readonly jsDoc?: JsDoc;
}

interface Members {
  readonly properties?: readonly Property[];
  readonly methods?: readonly Method[];
}

/** One export. */
export type Declaration =
  & { readonly location: { readonly filename: string }; readonly jsDoc?: JsDoc }
  & (
    | { readonly kind: "function"; readonly def: Callable }
    | { readonly kind: "variable"; readonly def: { readonly tsType?: TsType } }
    | { readonly kind: "class"; readonly def: { readonly extends?: string } }
    | {
      readonly kind: "typeAlias";
      readonly def: { readonly tsType: TsType; readonly typeParams?: readonly TypeParam[] };
    }
    | { readonly kind: "interface"; readonly def: InterfaceDef }
  );

type InterfaceDef = Members & { readonly extends?: readonly TsType[]; readonly typeParams?: readonly TypeParam[] };

const mark = (on: boolean | undefined, text: string) => on ? text : "";
const ofType = (type: TsType | undefined) => type ? `: ${typeText(type)}` : "";
const list = (texts: readonly string[]) => texts.length ? `<${texts.join(", ")}>` : "";

const typeParams = (params: readonly TypeParam[] = []) =>
  list(
    params.map(({ name, constraint, default: value }) =>
      name + (constraint ? ` extends ${typeText(constraint)}` : "") + (value ? ` = ${typeText(value)}` : "")
    ),
  );

function param(one: Param, optional = false): string {
  switch (one.kind) {
    case "assign":
      return param(one.left, true);
    case "rest":
      return `...${param(one.arg)}${ofType(one.tsType)}`;
    case "object":
      return `{ ${one.props.map(({ key }) => key).join(", ")} }${ofType(one.tsType)}`;
    case "identifier":
      return one.name + mark(one.optional || optional, "?") + ofType(one.tsType);
  }
}

const params = (all: readonly Param[]) => `(${all.map((one) => param(one)).join(", ")})`;
const call = (of: Callable) => typeParams(of.typeParams) + params(of.params) + ofType(of.returnType);

function mapped({ readonly: fixed, optional, typeParam: { name, constraint }, tsType }: Mapped): string {
  return `{ ${mark(fixed, "readonly ")}[${name} in ${typeText(constraint!)}]${mark(optional, "?")}${ofType(tsType)} }`;
}

/** A type as it would be written. @throws {Error} for a kind that has no form here yet */
export function typeText(type: TsType): string {
  switch (type.kind) {
    case "keyword":
      return type.value;
    case "typeQuery":
      return `typeof ${type.value}`;
    case "literal":
      return type.value.kind === "string" ? JSON.stringify(type.repr) : type.repr;
    case "typeRef":
      return type.value.typeName + list((type.value.typeParams ?? []).map(typeText));
    case "typeOperator":
      return `${type.value.operator} ${typeText(type.value.tsType)}`;
    case "array":
      return `${typeText(type.value)}[]`;
    case "parenthesized":
      return `(${typeText(type.value)})`;
    case "union":
      return type.value.map(typeText).join(" | ");
    case "intersection":
      return type.value.map(typeText).join(" & ");
    case "indexedAccess":
      return `${typeText(type.value.objType)}[${typeText(type.value.indexType)}]`;
    case "mapped":
      return mapped(type.value);
    case "fnOrConstructor":
      return `${params(type.value.params)} => ${typeText(type.value.tsType)}`;
    case "typeLiteral":
      return `{ ${members(type.value).join("; ")} }`;
    default:
      throw new Error(`docs:api: a type of kind '${(type as TsType).kind}' has no form yet: add one`);
  }
}

/** A comment as it stands in the source, on one line where it is one. */
function comment({ doc = "", tags = [] }: JsDoc = {}): string {
  const tagged = tags.map(({ kind, name, tsType, doc = "" }) =>
    ["@" + kind, tsType && `{${typeText(tsType)}}`, name, doc].filter(Boolean).join(" ")
  );
  const lines = [...doc.trim().split("\n"), ...tagged].filter(Boolean);
  if (lines.length === 0) return "";
  return lines.length === 1 ? `/** ${lines[0]} */\n` : `/**\n${lines.map((line) => ` * ${line}`).join("\n")}\n */\n`;
}

const members = ({ properties = [], methods = [] }: Members): string[] => [
  ...properties.map(({ name, readonly: fixed, optional, tsType, jsDoc }) =>
    comment(jsDoc) + mark(fixed, "readonly ") + name + mark(optional, "?") + ofType(tsType)
  ),
  ...methods.map((method) => comment(method.jsDoc) + method.name + mark(method.optional, "?") + call(method)),
];

/** What an export is, in TypeScript, without what stands before it. */
export function signature(name: string, { kind, def }: Declaration): string {
  switch (kind) {
    case "function":
      return `function ${name}${call(def)};`;
    case "variable":
      return `const ${name}${ofType(def.tsType)};`;
    case "class":
      return `class ${name}${def.extends ? ` extends ${def.extends}` : ""} {}`;
    case "typeAlias":
      return `type ${name}${typeParams(def.typeParams)} = ${typeText(def.tsType)};`;
    case "interface": {
      const parents = def.extends ? ` extends ${def.extends.map(typeText).join(", ")}` : "";
      return `interface ${name}${typeParams(def.typeParams)}${parents} {\n${members(def).join(";\n")}\n}`;
    }
  }
}

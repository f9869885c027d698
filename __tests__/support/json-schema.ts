/**
 * The part of JSON Schema 2020-12 that docs/report.schema.json uses. A keyword that is not known here is an error, so
 * that no rule is left unchecked.
 */
type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Rules = Readonly<Record<string, Json>>;

const noRules = ['$schema', '$defs', 'title'];

/** What is wrong with a value: places and rules; nothing where it is valid. */
export function schemaErrors(schema: Json, value: unknown): readonly string[] {
  const root = rulesOf(schema);
  return check(root, { value, at: '$', root });
}

interface Place {
  readonly value: unknown;
  readonly at: string;
  readonly root: Rules;
}

function check(rules: Rules, place: Place): readonly string[] {
  return Object.entries(rules)
    .filter(([name]) => !noRules.includes(name))
    .flatMap(([name, rule]) => checkRule({ name, rule }, place));
}

function checkRule(
  { name, rule }: { readonly name: string; readonly rule: Json },
  place: Place,
): readonly string[] {
  const { value, at, root } = place;
  const unless = (good: boolean): readonly string[] =>
    good ? [] : [`${at}: ${name} ${JSON.stringify(rule)}, not ${JSON.stringify(value)}`];
  switch (name) {
    case '$ref':
      return check(rulesOf(definition(root, String(rule))), place);
    case 'const':
      return unless(value === rule);
    case 'enum':
      return unless(listOf(rule).some((item) => item === value));
    case 'type':
      return unless(typeOf(value) === rule || (rule === 'number' && typeOf(value) === 'integer'));
    case 'pattern':
      return unless(typeof value !== 'string' || new RegExp(String(rule), 'u').test(value));
    case 'minimum':
      return unless(typeof value !== 'number' || value >= Number(rule));
    case 'minItems':
      return unless(!Array.isArray(value) || value.length >= Number(rule));
    case 'items':
      return Array.isArray(value)
        ? value.flatMap((item: unknown, index) =>
            check(rulesOf(rule), { value: item, at: `${at}[${String(index)}]`, root }),
          )
        : [];
    case 'required':
      return isObject(value)
        ? listOf(rule).flatMap((key) => (String(key) in value ? [] : [`${at}: no ${String(key)}`]))
        : [];
    case 'properties':
      return isObject(value)
        ? Object.entries(rulesOf(rule)).flatMap(([key, rules]) =>
            key in value ? check(rulesOf(rules), { value: value[key], at: `${at}.${key}`, root }) : [],
          )
        : [];
    case 'oneOf': {
      const results = listOf(rule).map((one) => check(rulesOf(one), place));
      const fitting = results.filter((errors) => errors.length === 0).length;
      return fitting === 1 ? [] : [`${at}: ${String(fitting)} of oneOf fit`, ...results.flat()];
    }
    default:
      throw new Error(`the keyword ${name} is not known`);
  }
}

function definition(root: Rules, ref: string): Json {
  return ref
    .replace(/^#\//, '')
    .split('/')
    .reduce((schema: Json, key) => rulesOf(schema)[key] ?? fail(`no ${ref}`), root);
}

function rulesOf(schema: Json): Rules {
  return isRules(schema) ? schema : fail(`${JSON.stringify(schema)} is no schema`);
}

function isRules(schema: Json): schema is Rules {
  return isObject(schema);
}

function listOf(rule: Json): readonly Json[] {
  return Array.isArray(rule) ? rule : fail(`${JSON.stringify(rule)} is no list`);
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fail(message: string): never {
  throw new Error(message);
}

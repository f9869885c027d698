import { Failure } from '../errors.js';

/** A value inside a JSON text that someone else wrote, with the place to name when it is not what it should be. */
export class JsonPlace {
  private readonly value: unknown;
  private readonly path: string;
  private readonly origin: TextOrigin;

  private constructor(value: unknown, path: string, origin: TextOrigin) {
    this.value = value;
    this.path = path;
    this.origin = origin;
  }

  static parse(text: string, origin: TextOrigin): JsonPlace {
    try {
      const value: unknown = JSON.parse(text);
      return new JsonPlace(value, '', origin);
    } catch (cause) {
      throw failureAt(
        origin,
        `is not JSON (${cause instanceof Error ? cause.message : 'unreadable'})`,
        cause,
      );
    }
  }

  /** The value at a key; absent where the object lacks it. */
  key(name: string): JsonPlace {
    const { value } = this;
    if (!isObject(value)) return this.fail('is not an object');
    return this.at(Object.hasOwn(value, name) ? value[name] : undefined, `.${name}`);
  }

  entries(): readonly (readonly [string, JsonPlace])[] {
    const { value } = this;
    if (!isObject(value)) return this.fail('is not an object');
    return Object.entries(value).map(
      ([key, item]) => [key, this.at(item, `[${JSON.stringify(key)}]`)] as const,
    );
  }

  list(): readonly JsonPlace[] {
    const { value } = this;
    if (!Array.isArray(value)) return this.fail('is not a list');
    return value.map((item: unknown, index) => this.at(item, `[${String(index)}]`));
  }

  text(): string {
    return typeof this.value === 'string' ? this.value : this.fail('is not a text');
  }

  matching(pattern: RegExp, wanted: string): string {
    const text = this.text();
    return pattern.test(text) ? text : this.fail(`is not ${wanted}`);
  }

  count(): number {
    const { value } = this;
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
      ? value
      : this.fail('is not a whole number');
  }

  flag(): boolean {
    return typeof this.value === 'boolean' ? this.value : this.fail('is neither true nor false');
  }

  isAbsent(): boolean {
    return this.value === undefined;
  }

  isNull(): boolean {
    return this.value === null;
  }

  fail(problem: string): never {
    const place = this.path === '' ? 'the whole text' : this.path.replace(/^\./, '');
    throw failureAt(this.origin, this.isAbsent() ? `${place} is missing` : `${place} ${problem}`, undefined);
  }

  private at(value: unknown, step: string): JsonPlace {
    return new JsonPlace(value, this.path + step, this.origin);
  }
}

export interface TextOrigin {
  /** What to call the text: a path. */
  readonly file: string;
  /** The code of the Failure. */
  readonly code: string;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function failureAt({ file, code }: TextOrigin, what: string, cause: unknown): Failure {
  return new Failure('input', {
    code,
    what,
    remedy: 'Give a manifest as this tool writes it, or the gotify server itself.',
    where: { kind: 'file', file },
    cause,
  });
}

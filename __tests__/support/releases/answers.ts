/** An answer of GitHub's API, before it is sent. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: readonly Uint8Array[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown by what refuses a request. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`refused with ${String(answer.status)}`);
    this.answer = answer;
  }
}

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  const body = [Buffer.from(JSON.stringify(value))];
  return { status, type: 'application/json; charset=utf-8', body, headers };
}

export function text(status: number, content: string, type = 'text/plain; charset=utf-8'): Answer {
  return { status, type, body: [Buffer.from(content)] };
}

export const noContent: Answer = { status: 204, type: '', body: [] };

export function refuse(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Refusal {
  const value = { message, documentation_url: 'https://docs.github.com/rest', status: String(status) };
  return new Refusal(json(status, value, headers));
}

/** Also what GitHub says of everything that the token may not see. */
export function notFound(): Refusal {
  return refuse(404, 'Not Found');
}

export interface FieldError {
  readonly resource: 'Release' | 'ReleaseAsset';
  readonly code: 'already_exists' | 'invalid' | 'missing_field' | 'custom';
  readonly field?: string;
  readonly message?: string;
}

/** @see https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#validation-failed */
export function invalid(error: FieldError): Refusal {
  return new Refusal(
    json(422, {
      message: 'Validation Failed',
      errors: [error],
      documentation_url: 'https://docs.github.com/rest',
      status: '422',
    }),
  );
}

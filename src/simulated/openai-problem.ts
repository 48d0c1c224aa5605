// Errors in the form that OpenAI's API gives them; the only place that knows their wording.
// Apart from core/errors.ts on purpose: these imitate another product's errors and are never Redoubt's own.

export interface OpenAiProblem {
  readonly status: number;
  readonly error: {
    readonly message: string;
    readonly type: string | null;
    readonly param: string | null;
    readonly code: string | null;
    readonly status?: number;
    readonly innererror?: unknown;
  };
}

const invalid = (message: string, param: string | null = null, code: string | null = null): OpenAiProblem => ({
  status: 400,
  error: { message, type: 'invalid_request_error', param, code },
});

export const problems = {
  noKey: (): OpenAiProblem => ({
    ...invalid("You didn't provide an API key. Send it in the header Authorization: Bearer YOUR_KEY."),
    status: 401,
  }),
  wrongKey: (): OpenAiProblem => ({ ...invalid('Incorrect API key provided.', null, 'invalid_api_key'), status: 401 }),
  badBody: (message: string, param: string | null): OpenAiProblem => invalid(message, param),
  unreadable: (status: number, message: string): OpenAiProblem => ({ ...invalid(message), status }),
  unknownPath: (method: string, path: string): OpenAiProblem => ({
    ...invalid(`Unknown request URL: ${method} ${path}.`, null, 'unknown_url'),
    status: 404,
  }),
  rateLimited: (): OpenAiProblem => ({
    status: 429,
    error: { message: 'Rate limit reached for requests.', type: 'requests', param: null, code: 'rate_limit_exceeded' },
  }),
  serverError: (): OpenAiProblem => ({
    status: 500,
    error: {
      message: 'The server had an error while processing your request.',
      type: 'server_error',
      param: null,
      code: null,
    },
  }),
  unsupportedParameter: (name: string, instead: string): OpenAiProblem =>
    invalid(
      `Unsupported parameter: '${name}' is not supported with this model. Use '${instead}' instead.`,
      name,
      'unsupported_parameter',
    ),
  unsupportedValue: (name: string, value: string, rest: string): OpenAiProblem =>
    invalid(
      `Unsupported value: '${name}' does not support ${value} with this model.${rest}`,
      name,
      'unsupported_value',
    ),
  /** Azure OpenAI's answer to a filtered prompt. */
  filtered: (): OpenAiProblem => ({
    status: 400,
    error: {
      message:
        "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry.",
      type: null,
      param: 'prompt',
      code: 'content_filter',
      status: 400,
      innererror: {
        code: 'ResponsibleAIPolicyViolation',
        content_filter_result: { violence: { filtered: true, severity: 'medium' } },
      },
    },
  }),
} as const;

import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';

/** Search attributes the workflows set, all of type Keyword. */
const searchAttributes = ['IncumbentProject', 'IncumbentModelVersion', 'IncumbentVerdict'] as const;

/** `INDEXED_VALUE_TYPE_KEYWORD` of temporal.api.enums.v1.IndexedValueType. */
const KEYWORD = 2;

/**
 * Registers the attributes where the server lacks them. Temporal Cloud does not let clients do that: there they are
 * added once in its console, and the error says so.
 */
export async function ensureSearchAttributes(client: Client, logger: Logger): Promise<void> {
  const { namespace } = client.options;
  const { customAttributes = {} } = await client.connection.operatorService.listSearchAttributes({ namespace });
  const missing = searchAttributes.filter((name) => !(name in customAttributes));
  if (missing.length === 0) return;
  try {
    await client.connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map((name) => [name, KEYWORD])),
    });
  } catch (error) {
    throw new Error(
      `the namespace ${namespace} lacks the search attributes ${missing.join(', ')} (type Keyword) and they could not be added: add them in its settings`,
      { cause: error },
    );
  }
  logger.info({ added: missing }, 'search attributes registered');
}

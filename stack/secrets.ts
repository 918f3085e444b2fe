import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidInputError } from '../core/errors.js';

/** What the local parts ask their clients for. Made once for each home, kept where only its owner can read it. */
export interface StackSecrets {
  readonly postgresPassword: string;
  readonly s3AccessKeyId: string;
  readonly s3SecretAccessKey: string;
}

/** Where a home keeps its secrets; the file has mode 0600. */
export function secretsFile(home: string): string {
  return join(home, 'secrets.json');
}

/** @throws {InvalidInputError} if the file is there and is not what was written */
export function loadOrCreateSecrets(home: string): StackSecrets {
  const file = secretsFile(home);
  try {
    return checked(JSON.parse(readFileSync(file, 'utf8')), file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      if (error instanceof SyntaxError) throw damaged(file, error);
      throw error;
    }
  }
  const secrets: StackSecrets = {
    postgresPassword: randomBytes(18).toString('base64url'),
    s3AccessKeyId: `INC${randomBytes(8).toString('hex').toUpperCase()}`,
    s3SecretAccessKey: randomBytes(24).toString('base64url'),
  };
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return secrets;
}

function checked(value: Partial<StackSecrets> | null, file: string): StackSecrets {
  const { postgresPassword, s3AccessKeyId, s3SecretAccessKey } = value ?? {};
  if (!postgresPassword || !s3AccessKeyId || !s3SecretAccessKey) throw damaged(file);
  return { postgresPassword, s3AccessKeyId, s3SecretAccessKey };
}

function damaged(file: string, cause?: unknown): InvalidInputError {
  return new InvalidInputError(
    `${file} is damaged. The database and the object store of this home can only be opened with it: restore it, or ` +
      'run `npm run stack -- reset` to begin anew.',
    [],
    { cause },
  );
}

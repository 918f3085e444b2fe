import { writeFileSync } from 'node:fs';
import createWabt from 'wabt';

/** WebAssembly text as a module. */
export async function assembleModule(text: string): Promise<Uint8Array> {
  const wabt = await createWabt();
  const parsed = wabt.parseWat('module.wat', text);
  try {
    return parsed.toBinary({}).buffer;
  } finally {
    parsed.destroy();
  }
}

/** Writes the module as a constant in base64 into a file of core/forest. */
export async function writeModule(script: string, text: string, name: string, file: string, more = ''): Promise<void> {
  const base64 = Buffer.from(await assembleModule(text)).toString('base64');
  const source = `/** Made by scripts/${script}, which has the text of it: a WebAssembly module, base64. */\nexport const ${name} =\n  '${base64}';\n${more}`;
  writeFileSync(new URL(`../core/forest/${file}`, import.meta.url), source);
}

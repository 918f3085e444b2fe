import { fileURLToPath } from 'node:url';
import { assembleModule, writeModule } from './wasm-module.js';

/** Rows that walk side by side: their loads overlap, and their state still fits the processor's registers. */
export const LANES = 8;

const lanes = (text: (lane: number) => string) => Array.from({ length: LANES }, (_, lane) => text(lane)).join('\n');

/**
 * The walk of core/forest/block-walk.ts in WebAssembly text: takes groups of LANES rows through one tree and adds what their
 * leaves give. JavaScript would check every index that it loads from; here one check covers the memory.
 */
const blockWalkText = `
(module
  (memory (import "forest" "memory") 1)
  (func (export "addTree")
    (param $words i32) (param $depth i32) (param $row i32) (param $rowBytes i32)
    (param $numbers i32) (param $scores i32) (param $groups i32)
    (local $step i32)
    ${lanes((i) => `(local $node${i} i32) (local $word${i} i32) (local $row${i} i32)`)}
    (block $done (loop $nextGroup
      (br_if $done (i32.eqz (local.get $groups)))
      ${lanes(
        (i) => `(local.set $node${i} (i32.const 0))
      (local.set $row${i} (i32.add (local.get $row) (i32.mul (local.get $rowBytes) (i32.const ${i}))))`,
      )}
      (local.set $step (local.get $depth))
      (block $leaf (loop $down
        (br_if $leaf (i32.eqz (local.get $step)))
        ${lanes(
          (i) =>
            `(local.set $word${i} (i32.load (i32.add (local.get $words) (i32.shl (local.get $node${i}) (i32.const 2)))))`,
        )}
        ;; left child + (bin of the node < bin of the row in the node's slot)
        ${lanes(
          (i) => `(local.set $node${i} (i32.add
          (i32.and (local.get $word${i}) (i32.const 0xffff))
          (i32.lt_u
            (i32.shr_u (local.get $word${i}) (i32.const 24))
            (i32.load16_u (i32.add
              (local.get $row${i})
              (i32.and (i32.shr_u (local.get $word${i}) (i32.const 15)) (i32.const 510)))))))`,
        )}
        (local.set $step (i32.sub (local.get $step) (i32.const 1)))
        (br $down)))
      ${lanes(
        (i) => `(f64.store offset=${8 * i} (local.get $scores) (f64.add
        (f64.load offset=${8 * i} (local.get $scores))
        (f64.load (i32.add (local.get $numbers) (i32.shl (local.get $node${i}) (i32.const 3))))))`,
      )}
      (local.set $row (i32.add (local.get $row) (i32.mul (local.get $rowBytes) (i32.const ${LANES}))))
      (local.set $scores (i32.add (local.get $scores) (i32.const ${8 * LANES})))
      (local.set $groups (i32.sub (local.get $groups) (i32.const 1)))
      (br $nextGroup)))))`;

/** The text as a module. */
export const assembleBlockWalk = (): Promise<Uint8Array> => assembleModule(blockWalkText);

/** Writes core/forest/block-walk-module.ts: `node --import tsx scripts/make-block-walk.ts`. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lanesConstant = `\n/** Rows that it takes at a time. */\nexport const LANES = ${LANES};\n`;
  await writeModule('make-block-walk.ts', blockWalkText, 'BLOCK_WALK_MODULE', 'block-walk-module.ts', lanesConstant);
}

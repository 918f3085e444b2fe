import { fileURLToPath } from 'node:url';
import { assembleModule, writeModule } from './wasm-module.js';

/**
 * Adds the addends of one row to the cell that the k-th byte of $word selects.
 * @param channels 1 or 2 doubles per cell
 */
function addToCell(k: number, channels: number): string {
  const cellBits = channels === 1 ? 3 : 4;
  const shift = 8 * k - cellBits;
  const moved =
    shift < 0
      ? `(i32.shl (local.get $word) (i32.const ${-shift}))`
      : `(i32.shr_u (local.get $word) (i32.const ${shift}))`;
  const adds = Array.from(
    { length: channels },
    (_, c) =>
      `(f64.store offset=${8 * c} (local.get $cell)
        (f64.add (f64.load offset=${8 * c} (local.get $cell)) (local.get $addend${c})))`,
  );
  return `(local.set $cell (i32.add
      (i32.load offset=${4 * k} (local.get $place))
      (i32.and ${moved} (i32.const ${255 << cellBits}))))
    ${adds.join('\n')}`;
}

function addRows(channels: number): string {
  const each = (text: (channel: number) => string) => Array.from({ length: channels }, (_, c) => text(c)).join('\n');
  return `
  (func (export "addRows${channels}")
    (param $rows i32) (param $end i32) (param $bins i32) (param $stride i32)
    (param $places i32) (param $addends i32) (param $sign f64)
    (local $row i32) (local $word i32) (local $cell i32) (local $place i32) (local $at i32) (local $rowEnd i32)
    ${each((c) => `(local $addend${c} f64)`)}
    (loop $nextRow
      (local.set $row (i32.load (local.get $rows)))
      (local.set $at (i32.add (local.get $addends) (i32.shl (local.get $row) (i32.const ${channels === 1 ? 3 : 4}))))
      ${each((c) => `(local.set $addend${c} (f64.mul (local.get $sign) (f64.load offset=${8 * c} (local.get $at))))`)}
      (local.set $at (i32.add (local.get $bins) (i32.mul (local.get $row) (local.get $stride))))
      (local.set $rowEnd (i32.add (local.get $at) (local.get $stride)))
      (local.set $place (local.get $places))
      (loop $nextWord
        (local.set $word (i32.load (local.get $at)))
        ${[0, 1, 2, 3].map((k) => addToCell(k, channels)).join('\n')}
        (local.set $place (i32.add (local.get $place) (i32.const 16)))
        (br_if $nextWord (i32.lt_u
          (local.tee $at (i32.add (local.get $at) (i32.const 4)))
          (local.get $rowEnd))))
      (br_if $nextRow (i32.lt_u
        (local.tee $rows (i32.add (local.get $rows) (i32.const 4)))
        (local.get $end)))))`;
}

const partition = `
  (func (export "partition")
    (param $rows i32) (param $end i32) (param $column i32) (param $spare i32) (param $splitBin i32) (param $leftBin i32)
    (result i32)
    (local $row i32) (local $bin i32) (local $left i32) (local $right i32) (local $step i32)
    (local.set $left (local.get $rows))
    (local.set $right (local.get $spare))
    (block $done (loop $nextRow
      (br_if $done (i32.ge_u (local.get $rows) (local.get $end)))
      (local.set $row (i32.load (local.get $rows)))
      (local.set $bin (i32.load8_u (i32.add (local.get $column) (local.get $row))))
      (i32.store (local.get $left) (local.get $row))
      (i32.store (local.get $right) (local.get $row))
      ;; 4 when the row goes right, else 0
      (local.set $step (i32.shl
        (i32.and
          (i32.gt_u (local.get $bin) (local.get $splitBin))
          (i32.ne (local.get $bin) (local.get $leftBin)))
        (i32.const 2)))
      (local.set $right (i32.add (local.get $right) (local.get $step)))
      (local.set $left (i32.add (local.get $left) (i32.sub (i32.const 4) (local.get $step))))
      (local.set $rows (i32.add (local.get $rows) (i32.const 4)))
      (br $nextRow)))
    (memory.copy (local.get $left) (local.get $spare) (i32.sub (local.get $right) (local.get $spare)))
    (local.get $left))`;

/**
 * The loops over the rows of core/forest/row-store.ts in WebAssembly text. JavaScript would check every index; here the
 * memory's end is guarded once, which makes them up to three times as fast.
 *
 * addRows: for each row, four features per word, its addends go to the cell of the feature's bin. At least one row.
 * partition: as core/forest/partition-rows.ts; rows in $leftBin go left whatever its number.
 */
const rowLoopsText = `(module (memory (import "forest" "memory") 1) ${addRows(1)} ${addRows(2)} ${partition})`;

/** The text as a module. */
export const assembleRowLoops = (): Promise<Uint8Array> => assembleModule(rowLoopsText);

/** Writes core/forest/row-loops-module.ts: `node --import tsx scripts/make-row-loops.ts`. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeModule('make-row-loops.ts', rowLoopsText, 'ROW_LOOPS_MODULE', 'row-loops-module.ts');
}

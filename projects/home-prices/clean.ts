import { cleanTable } from '../../core/dataset/clean-table.js';
import type { CleanedDataset } from '../../core/dataset/profile.js';
import type { Row } from '../../core/dataset/row.js';
import { HOME_RULES } from './cleaning-rules.js';
import { draftFromFeedback, draftFromRaw, type HomeDraft } from './home-draft.js';
import { type HomeRow, RAW_COLUMNS, SNAPSHOT_COLUMNS } from './home-row.js';

/** After the rules nothing that is required is missing. */
function toHomeRow(draft: HomeDraft): HomeRow {
  return {
    total_sqft: draft.area!.squareFeet,
    location: draft.location,
    bhk: draft.bhk!,
    bath: draft.bath!,
    balcony: draft.balcony,
    area_type: draft.areaType,
    availability: draft.availability,
    price: draft.price!,
    source: draft.source,
  };
}

/**
 * Raw file of home prices (and feedback rows) → clean training rows with a report of every rule.
 * The society column is read for duplicates only: it is empty in two rows of five and no visitor can be asked for it.
 *
 * @throws {DatasetInvalidError} when the text is not of the raw format, or no row is left
 */
export function cleanHomes(rawCsv: string, feedback: readonly Row[] = []): CleanedDataset<HomeRow> {
  return cleanTable(rawCsv, feedback, {
    rawColumns: RAW_COLUMNS,
    draftFromRaw,
    draftFromFeedback,
    rules: HOME_RULES,
    toRow: toHomeRow,
    columns: SNAPSHOT_COLUMNS,
  });
}

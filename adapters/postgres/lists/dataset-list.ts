import type { DatasetSnapshot } from '../../../activities/ports.js';
import type { KeysetList } from './keyset-list.js';

export interface ListedDataset extends Omit<DatasetSnapshot, 'feedbackThrough'> {
  readonly createdAt: Date;
}

interface DatasetRow extends Omit<ListedDataset, 'createdAt'> {
  created_at: Date;
}

export const datasetList: KeysetList<DatasetRow, ListedDataset> = {
  table: 'datasets',
  time: 'created_at',
  key: { column: 'number', type: 'integer' },
  filters: { project: 'project', number: 'number' },
  map: ({ created_at, ...row }) => ({ ...row, createdAt: created_at }),
};

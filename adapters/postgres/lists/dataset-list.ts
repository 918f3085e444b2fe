import type { DatasetProfile } from '../../../core/dataset/profile.js';
import type { KeysetList } from './keyset-list.js';

export interface ListedDataset {
  readonly project: string;
  readonly number: number;
  readonly key: string;
  readonly rows: number;
  readonly sha256: string;
  readonly profile: DatasetProfile;
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

/** A metric's name, meaning and labels; each is written down once. */
export type MetricDefinition =
  | {
      readonly type: 'counter' | 'gauge';
      readonly name: string;
      readonly help: string;
      readonly labels?: readonly string[];
      /** How the values of several processes of one service become one; default: the sum. */
      readonly aggregator?: 'sum' | 'max' | 'min' | 'average' | 'first';
    }
  | {
      readonly type: 'histogram';
      readonly name: string;
      readonly help: string;
      readonly labels?: readonly string[];
      readonly buckets: readonly number[];
    };

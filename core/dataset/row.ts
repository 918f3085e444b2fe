/** One cell of a table: a number, a category, or missing. */
export type Value = number | string | null;

/** One record of a dataset or one prediction's input, by column name. */
export type Row = Readonly<Record<string, Value>>;

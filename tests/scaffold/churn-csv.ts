import { createRandom } from '../../core/stats/random.js';

/** A table as a telephone company might export it, with every kind of column; who leaves follows from what is in it. */
export function churnCsv(rows: number, randomState = 1): string {
  const random = createRandom(randomState);
  const pick = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)]!;
  const lines = [
    'customerID,Gender,tenure,Contract,Monthly Charges ($),signup,class,__proto__,source,note,plan,Churn,Churn Value',
  ];
  for (let i = 0; i < rows; i++) {
    const tenure = Math.floor(random() * 73);
    const contract = pick(['Month-to-month', 'One year', 'Two year']);
    const charges = (18 + 100 * random()).toFixed(2);
    const leaves = random() < (contract === 'Month-to-month' ? 0.85 : 0.15) - 0.004 * tenure;
    lines.push(
      [
        7000 + 3 * i,
        pick(['Female', 'Male', '']),
        tenure,
        contract,
        charges,
        `20${10 + (i % 14)}-0${1 + (i % 9)}-11`,
        pick(['A', 'B']),
        pick(['x', 'y']),
        pick(['web', 'shop']),
        `"called, ${random()}"`,
        'basic',
        leaves ? 'Yes' : 'No',
        leaves ? 1 : 0,
      ].join(','),
    );
  }
  return `${lines.join('\n')}\n`;
}

/** What a number or a word on the pages means and how it is made. `guide` names the document that has the whole of it. */
export interface Topic {
  readonly title: string;
  readonly text: string;
  readonly guide: string;
}

export const topics = {
  estimate: {
    title: 'Estimated price',
    text: 'The mean of what the trees of a random forest say about the home. The forest was trained on prices homes were offered for; each tree has seen another sample of them. It is an estimate of an asking price, not a valuation.',
    guide: 'docs/data.md',
  },
  range: {
    title: 'Range',
    text: 'Each tree has an opinion of its own. The range holds the middle of these opinions; a wide one says that the trees disagree, as for unusual homes. It is no promise that the price lies inside.',
    guide: 'docs/serving.md',
  },
  explanation: {
    title: 'Why this price',
    text: 'Shapley values of the trees: what each fact adds to the average of the training data, averaged over all orders in which the facts could have been told. All of them and the average add up to the estimate exactly.',
    guide: 'docs/serving.md',
  },
  'similar-homes': {
    title: 'Similar homes',
    text: 'Homes of the training data in the same location, nearest in area, bedrooms, bathrooms and balconies: each difference counts as a share of what was asked. The middle is the median of up to fifty of them, “most” is from the tenth to the ninetieth in a hundred.',
    guide: 'docs/web.md',
  },
  score: {
    title: 'Score of a variant',
    text: '0.7 · mean rating / 5 + 0.3 · share of the latency budget that is left. Both parts are between 0 and 1. The rule compares the two scores: above 1.05 of production’s the candidate is promoted, below 0.8 it is rolled back.',
    guide: 'docs/decisions.md',
  },
  confidence: {
    title: 'Difference and its confidence sequence',
    text: 'Mean difference between users of the candidate and users of production. The band covers the true difference at all looks together with 95 %, so it may be read every hour without fooling oneself.',
    guide: 'docs/decisions.md',
  },
  minimum: {
    title: 'Least data',
    text: 'Below these numbers of requests and ratings nothing is promoted and nothing rolled back, whatever the scores say.',
    guide: 'docs/decisions.md',
  },
  points: {
    title: 'Points of a true value',
    text: 'Where a project counts true values, a prediction whose truth was told gets 0 (wrong) to 5 (right; of a number: by how near it is). Its points stand in the place of a rating in the score and in both verdicts.',
    guide: 'docs/projects.md',
  },
  'expected-users': {
    title: 'Users expected',
    text: 'How many users both variants are taken to have had when the experiment is decided. It is fixed when the experiment begins: about there the confidence sequence is at its narrowest.',
    guide: 'docs/decisions.md',
  },
  weight: {
    title: 'Share of users',
    text: 'Users, not requests, are dealt to the variants: a user stays with one variant for a whole experiment. The share is the percentage of users the candidate gets.',
    guide: 'docs/router.md',
  },
  shadow: {
    title: 'Shadow',
    text: 'The candidate gets a copy of production’s requests and its answers are recorded, but nobody sees them.',
    guide: 'docs/router.md',
  },
  r2: {
    title: 'R²',
    text: 'Share of the differences between held-out prices that the model explains: 1 is perfect, 0 is no better than always saying the mean. The held-out rows were never trained on and are the same for all versions of one data set.',
    guide: 'docs/model-format.md',
  },
  mae: {
    title: 'MAE, RMSE and MAPE',
    text: 'How far estimates are off on held-out rows: on average (MAE) and with large misses weighing more (RMSE), both in the unit of the target; as a share of the true value (MAPE); in the middle of all rows (median error).',
    guide: 'docs/model-format.md',
  },
  accuracy: {
    title: 'Accuracy',
    text: 'Share of the held-out rows whose class the model names rightly.',
    guide: 'docs/model-format.md',
  },
  importance: {
    title: 'Importance',
    text: 'Share of the error that splits on a feature took away, over all trees. Features add up to 1.',
    guide: 'docs/model-format.md',
  },
  gates: {
    title: 'Gates',
    text: 'What a trained model must reach before it may serve anybody: least measures of its project, and not worse than the incumbent on the same rows.',
    guide: 'docs/architecture.md',
  },
  drift: {
    title: 'Drift score',
    text: '0 when what is asked looks like the training data, 1 when nothing of it does. Above its line an alert is sent and a training started, when it lasts.',
    guide: 'docs/drift.md',
  },
  distributions: {
    title: 'Distributions',
    text: 'Each feature’s values now against those in training: a test says whether they differ (p, adjusted for the number of features), an effect size whether the difference matters. Only both together are drift.',
    guide: 'docs/drift.md',
  },
  latency: {
    title: 'Latency',
    text: 'From the arrival of a request to its prediction, without the network. p95: 95 of 100 answers were quicker.',
    guide: 'docs/serving.md',
  },
  cleaning: {
    title: 'Cleaning report',
    text: 'Small rules, one after the other, each with its reason and with how many rows it removed or changed. Raw rows and reported prices less all that was removed are the rows of the snapshot.',
    guide: 'docs/data.md',
  },
  audit: {
    title: 'Chain of the audit log',
    text: 'Each entry carries the SHA-256 of itself and of the entry before it. An entry that is changed, removed or moved breaks the chain at its place.',
    guide: 'docs/api.md',
  },
  production: {
    title: 'What was in production',
    text: 'Deployments are kept with their beginning and their end, so for any moment it can be told which model answered, by whose decision and why.',
    guide: 'docs/api.md',
  },
} as const satisfies Record<string, Topic>;

export type TopicName = keyof typeof topics;

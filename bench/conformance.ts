// Compares our attacks with outputs of reference implementations and prints the count: npm run conformance [-- FILE]
// Ends with 1 where one differs without a declared reason. FILE: other vectors in the format of tests/golden/attacks.json.
import { type Comparison, compare, goldenFile, readVectors } from '../tests/conformance/compare.ts';

const countBy = (keys: readonly string[]): [string, number][] => {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts];
};

const ofKind = <Kind extends Comparison['kind']>(
  comparisons: readonly Comparison[],
  kind: Kind,
): Extract<Comparison, { kind: Kind }>[] =>
  comparisons.filter((each): each is Extract<Comparison, { kind: Kind }> => each.kind === kind);

const file = readVectors(process.argv[2] ?? goldenFile);
const comparisons = file.vectors.map((vector) => compare(vector, file.inputs));
const same = ofKind(comparisons, 'same');
const different = ofKind(comparisons, 'different');
const declared = ofKind(comparisons, 'declared');
const apart = ofKind(comparisons, 'apart');

console.log('Exactly the same, by reference:');
for (const [source, count] of countBy(same.map(({ vector }) => vector.source))) console.log(`  ${source}: ${count}`);
console.log('Different on purpose:');
for (const [reason, count] of countBy(declared.map(({ reason }) => reason))) console.log(`  ${count}: ${reason}`);
console.log('Not compared, as no attack of ours takes after them:');
for (const [reason, count] of countBy(apart.map(({ vector, reason }) => `${vector.impl} - ${reason}`)))
  console.log(`  ${count}: ${reason}`);
for (const { vector, attack, faults } of different)
  console.error(
    `${vector.impl} ${JSON.stringify(vector.params)} ${vector.input_id} as ${attack}: ${faults.join('; ')}`,
  );
console.log(
  `${same.length + different.length} of ${comparisons.length} vectors compared: ${same.length} the same, ` +
    `${different.length} different; ${declared.length} declared differences, ${apart.length} not compared`,
);
process.exitCode = different.length === 0 ? 0 : 1;

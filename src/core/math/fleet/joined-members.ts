import type { Network } from './gates.ts'
import type { Certified, MemberRounds } from './member-rounds.ts'

/** Members that live in several places, in the order of those, as one. */
export function joinMembers(shards: readonly MemberRounds[], { n, gates }: Network): MemberRounds {
  const all = <T>(ask: (shard: MemberRounds) => Promise<T>) => Promise.all(shards.map(ask))
  const sum = (parts: readonly (readonly Float64Array[])[], length: number) =>
    gates.map((_, i) => sumRows(parts, i, length))
  const most = async (ask: (shard: MemberRounds) => Promise<number>) => Math.max(0, ...(await all(ask)))

  return {
    alone: async (settings) => (await all((shard) => shard.alone(settings))).flat(),

    async open(warm) {
      const parts = await all((shard) => shard.open(warm))
      return {
        heat: sum(
          parts.map(({ heat }) => heat),
          n,
        ),
      }
    },

    async centre(prices, distance) {
      const sums = { rows: 0, weightedRows: 0, scaleEur: 0 }
      for (const part of await all((shard) => shard.centre(prices, distance))) {
        sums.rows += part.rows
        sums.weightedRows += part.weightedRows
        sums.scaleEur += part.scaleEur
      }
      return sums
    },

    async factor(prices, step) {
      const parts = await all((shard) => shard.factor(prices, step))
      const of = (key: 'heat' | 'change' | 'answer') => parts.map((part) => part[key])
      return {
        heat: sum(of('heat'), n),
        change: sum(of('change'), n),
        answer: sum(of('answer'), n * n),
        products: parts.reduce((total, { products }) => total + products, 0),
      }
    },

    predict: (change) => most((shard) => shard.predict(change)),
    correct: async (aim) => sum(await all((shard) => shard.correct(aim)), n),
    direct: (change) => most((shard) => shard.direct(change)),

    async certify(prices) {
      const parts = await all((shard) => shard.certify(prices))
      const total = (key: Exclude<keyof Certified, 'heat'>) =>
        parts.reduce((before, part) => before + part[key], 0)
      return {
        heat: sum(
          parts.map(({ heat }) => heat),
          n,
        ),
        objective: total('objective'),
        gap: total('gap'),
        ownBill: total('ownBill'),
        leastBill: total('leastBill'),
      }
    },

    finish: async () => (await all((shard) => shard.finish())).flat(),
  }
}

function sumRows(parts: readonly (readonly Float64Array[])[], i: number, length: number): Float64Array {
  const total = new Float64Array(length)
  for (const part of parts) {
    const row = part[i]
    for (let k = 0; k < length; k++) total[k] += row[k]
  }
  return total
}

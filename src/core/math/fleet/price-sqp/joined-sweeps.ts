import type { Network } from '../gates.ts'
import type { MemberSweeps, Swept } from './member-sweeps.ts'

/** Members that live in several places, in the order of those, as one. */
export function joinSweeps(shards: readonly MemberSweeps[], { n, gates }: Network): MemberSweeps {
  const all = <T>(ask: (shard: MemberSweeps) => Promise<T>) => Promise.all(shards.map(ask))
  return {
    alone: async (settings) => (await all((shard) => shard.alone(settings))).flat(),
    core: async (count) => (await all((shard) => shard.core(Math.ceil(count / shards.length)))).flat(),

    async sweep(prices, aim) {
      const own = { ...aim, asked: Math.ceil(aim.asked / shards.length) }
      const parts = await all((shard) => shard.sweep(prices, own))
      const total = (key: Exclude<keyof Swept, 'heat' | 'drift' | 'answer'>) =>
        parts.reduce((sum, part) => sum + part[key], 0)
      const rows = (key: 'heat' | 'drift' | 'answer', length: number) =>
        gates.map((_, g) => sumRows(parts, (part) => part[key][g], length))
      return {
        ...{ heat: rows('heat', n), drift: rows('drift', n), answer: rows('answer', n * n) },
        ...{ objective: total('objective'), gap: total('gap') },
        ...{ ownBill: total('ownBill'), leastBill: total('leastBill') },
        ...{ iterations: total('iterations'), lost: total('lost') },
      }
    },

    finish: async () => (await all((shard) => shard.finish())).flat(),
  }
}

function sumRows(parts: readonly Swept[], row: (part: Swept) => Float64Array, length: number): Float64Array {
  const total = new Float64Array(length)
  for (const part of parts) {
    const values = row(part)
    for (let k = 0; k < length; k++) total[k] += values[k]
  }
  return total
}

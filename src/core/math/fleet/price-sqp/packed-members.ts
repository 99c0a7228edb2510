import type { BuildingQp } from '../../building-qp.ts'
import { FIXED_ROW, writeHead } from '../../kernel/pair-memory.ts'
import { withinBounds } from '../../solve-building-qp.ts'
import type { FleetMember } from '../fleet-qp.ts'
import { isPlannable } from '../plannable.ts'

/** Members by the hundred thousand: a series that is one number throughout is kept as that, all others in few pieces. */
export interface PackedMembers {
  /** Where each stands on the network. */
  readonly nodes: readonly number[]
  /** Whether emitters lag in any of them, or any pays for its peak. */
  readonly isFull: boolean
  isPlannable(i: number): boolean
  isRated(i: number): boolean
  isPaid(i: number): boolean
  member(i: number): FleetMember
  /** The scalars as every second double from `head` on, the series one behind the other from `rows` on. */
  write(i: number, to: Float64Array, head: number, rows: number): void
}

/** Takes members as they come. */
export interface MemberPacker {
  add(members: readonly FleetMember[]): void
  packed(): PackedMembers
}

const NAMES = ['price', 'uMax', 'd1', 'd2', 'lo', 'hi', 'w1Lo', 'w1Hi'] as const
const EMPTY = new Float64Array(0)
const NO_ROWS = Object.fromEntries(NAMES.map((name) => [name, EMPTY]))
const PIECE = 500

interface Packed {
  /** Its series are empty, but for that of a fee. */
  readonly scalars: BuildingQp
  readonly isPlannable: boolean
  /** By row: the number it is throughout, or where it begins in the piece, which only `isSeries` tells. */
  readonly rows: readonly number[]
  readonly isSeries: number
  readonly piece: Float64Array
}

export function packMembers(members: readonly FleetMember[]): PackedMembers {
  const packer = createMemberPacker()
  packer.add(members)
  return packer.packed()
}

export function createMemberPacker(): MemberPacker {
  const nodes: number[] = []
  const all: Packed[] = []
  return {
    add(members) {
      for (const { node } of members) nodes.push(node)
      for (let i = 0; i < members.length; i += PIECE) all.push(...packPiece(members.slice(i, i + PIECE)))
    },
    packed: () => ({
      nodes,
      isFull: all.some(({ scalars: { emitter, peak } }) => (emitter ?? peak) !== undefined),
      isPlannable: (i) => all[i].isPlannable,
      isRated: (i) => Number.isFinite(all[i].scalars.rateKw),
      isPaid: (i) => all[i].scalars.peak !== undefined,
      member: (i) => ({ qp: unpack(all[i]), node: nodes[i] }),
      write(i, to, head, rows) {
        writeHead(all[i].scalars, to, head)
        copyRows(all[i], to, rows)
        const { n, peak } = all[i].scalars
        if (peak) to.set(peak.fixedKw.subarray(0, n), rows + FIXED_ROW * n)
      },
    }),
  }
}

function packPiece(given: readonly FleetMember[]): Packed[] {
  const members = given.map(({ qp }) => ({ qp: withinBounds(qp) }))
  const series = members.map(({ qp }) => NAMES.filter((name) => !isConstant(qp[name], qp.n)))
  const length = members.reduce((sum, { qp }, i) => sum + qp.n * series[i].length, 0)
  const piece = new Float64Array(length)
  let next = 0
  return members.map(({ qp }, i) => {
    const rows = NAMES.map((name) => {
      if (!series[i].includes(name)) return qp[name][0] ?? 0
      piece.set(qp[name].subarray(0, qp.n), next)
      next += qp.n
      return next - qp.n
    })
    const isSeries = NAMES.reduce((bits, name, r) => bits | (series[i].includes(name) ? 1 << r : 0), 0)
    return { scalars: { ...qp, ...NO_ROWS }, isPlannable: isPlannable(qp), rows, isSeries, piece }
  })
}

/** A row that lacks numbers is none; its member is not plannable. */
function isConstant(values: Float64Array, n: number): boolean {
  if (values.length < n) return false
  for (let k = 1; k < n; k++) if (values[k] !== values[0]) return false
  return true
}

function copyRows({ scalars: { n }, rows, isSeries, piece }: Packed, to: Float64Array, at: number): void {
  rows.forEach((value, r) => {
    const row = at + r * n
    if (isSeries & (1 << r)) for (let k = 0; k < n; k++) to[row + k] = piece[value + k]
    else to.fill(value, row, row + n)
  })
}

function unpack(packed: Packed): BuildingQp {
  const { n } = packed.scalars
  const all = new Float64Array(NAMES.length * n)
  copyRows(packed, all, 0)
  const row = (r: number) => all.subarray(r * n, (r + 1) * n)
  return { ...packed.scalars, ...Object.fromEntries(NAMES.map((name, r) => [name, row(r)])) }
}

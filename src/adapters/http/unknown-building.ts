import type { BuildingId } from '../../core/domain/building-id.ts'

export function unknownBuilding(id: BuildingId) {
  return { status: 404, code: 'unknown-building', title: 'No such building', detail: id } as const
}

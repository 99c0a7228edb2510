import type { DeskEvent } from '../../core/domain/views.ts'
import { orderView } from './order-view.ts'

const encoder = new TextEncoder()

/** A server-sent event. JSON holds no line break, so one `data:` line is enough. */
export function frame(event: string, data: object): Uint8Array {
  return encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}

export function eventFrame(event: DeskEvent): Uint8Array {
  switch (event.type) {
    case 'turn':
      return frame('turn', event.turn)
    case 'building':
      return frame('building', event.building)
    case 'order':
      return frame('order', orderView(event.order))
    case 'rejected':
      return frame('rejected', event.rejection)
    default:
      return event satisfies never
  }
}

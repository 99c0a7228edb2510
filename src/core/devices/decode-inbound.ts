import { type DecodedTelemetry, decodeTelemetry } from './decode-telemetry.ts'
import { parseJsonText } from './json-text.ts'
import { DEFAULT_MESSAGE_LIMITS, type MessageLimits, type Refusal, refuse } from './refusal.ts'
import {
  type DecodedAck,
  type DecodedOverride,
  type DecodedStatus,
  decodeAck,
  decodeOverride,
  decodeStatus,
} from './reply-payload.ts'
import { parseTopic } from './topics.ts'

export type Decoded = DecodedTelemetry | DecodedAck | DecodedStatus | DecodedOverride | Refusal

/** What a building said, or why it was not understood. Never throws, whatever the text. */
export function decodeInbound(
  topic: string,
  text: string,
  limits: MessageLimits = DEFAULT_MESSAGE_LIMITS,
): Decoded {
  const parsed = parseTopic(topic)
  if (!parsed) return refuse('unknown-topic', topic.slice(0, 120))
  if (parsed.kind === 'controller')
    return refuse('not-allowed', 'a building does not speak for the controller')
  const { building, channel } = parsed
  if (channel === 'setpoint') return refuse('not-allowed', 'setpoints come from the controller')
  const json = parseJsonText(text, limits)
  if (json.kind === 'refused') return json
  switch (channel) {
    case 'telemetry':
      return decodeTelemetry(building, json.value, limits)
    case 'ack':
      return decodeAck(building, json.value)
    case 'status':
      return decodeStatus(building, json.value)
    case 'override':
      return decodeOverride(building, json.value)
    default:
      return channel satisfies never
  }
}

/** What a kelvin of spread carries, kW in 1 m³/h of water. */
export const KW_PER_M3H_K = 1.163

/** The district network's supply temperature as its operator sets it: 115 °C at -26 °C, 75 °C from +5 °C on. */
export function networkSupplyC(outdoorC: number): number {
  if (outdoorC >= 5) return 75
  if (outdoorC <= -26) return 115
  return 75 + ((5 - outdoorC) * 40) / 31
}

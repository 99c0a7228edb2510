/** One price all year, EUR/kWh. */
export function flatEurPerKwh({ eurPerMwh }: { readonly eurPerMwh: number }): number {
  return eurPerMwh / 1000
}

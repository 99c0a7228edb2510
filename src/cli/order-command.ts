import { type Command, InvalidArgumentError, Option } from 'commander'
import { ORDER_KINDS } from '../core/domain/order.ts'
import { tokenOption } from './api-token.ts'
import { type AskedOrder, cancelOrder, createOrder, listOrders } from './order.ts'

/** `order create|list|cancel`: orders of a running controller. */
export function orderCommand(program: Command, defaultUrl: string, exitWith: (code: number) => void): void {
  const order = program.command('order').description('orders to the fleet of a running controller')
  const withApi = (command: Command) =>
    command
      .option('--url <url>', 'where the controller answers', defaultUrl)
      .addOption(tokenOption())
      .option('--json', 'print one JSON document')
  withApi(order.command('create'))
    .description('places an order; 1 where it is refused')
    .argument('<kind>', ORDER_KINDS.join(', '))
    .argument('[kw]', 'the cap, or how much less or more; an emergency needs none', kilowatts)
    .option('--from <instant>', 'epoch ms, or ISO 8601 with an offset; now where left out')
    .addOption(new Option('--until <instant>', 'its end').conflicts('hours'))
    .option('--hours <n>', 'how long it lasts, in place of an end', hours)
    .option('--branch <id>', 'of the network; all of it where left out')
    .option('--note <text>', 'shown with it')
    .option('--dry-run', 'only say what would become of it, and how much could be had')
    .action(async (kind, kw, { url, token, json, dryRun, ...rest }) =>
      exitWith(await createOrder({ url, token, json }, { kind, kw, ...rest }, dryRun === true)),
    )
  withApi(order.command('list'))
    .description('orders that stand and those of the last week')
    .action(async (api) => exitWith(await listOrders(api)))
  withApi(order.command('cancel'))
    .description('cancels an order')
    .argument('<id>')
    .action(async (id, api) => exitWith(await cancelOrder(api, id)))
}

function kilowatts(text: string): AskedOrder['kw'] {
  return figure(text, 'kilowatts')
}

function hours(text: string): number {
  return figure(text, 'hours')
}

/** Whether it makes sense is the controller's to say. */
function figure(text: string, what: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError(`are ${what}, a number`)
  return value
}

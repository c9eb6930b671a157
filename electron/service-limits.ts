import type { ServiceClient } from './service-client.ts'

/** Megabytes that a background process may hold of everything: V8 bounds only its heap, not what is decoded beside it. */
const most = { answering: 2500, working: 5000 }

type Services = Record<keyof typeof most, Pick<ServiceClient<object>, 'pid' | 'kill'>>
type Processes = readonly { pid: number; memory: { workingSetSize: number } }[]

/** How often to look, in milliseconds. */
export const limitsEveryMs = 5000

/** Ends background processes that hold more than they may; the next request starts them again. `processes`: in kB. */
export function boundServices(services: Services, processes: Processes, log: (text: string) => void): void {
  for (const [name, limit] of Object.entries(most) as [keyof typeof most, number][]) {
    const own = processes.find(({ pid }) => pid === services[name].pid())
    const held = (own?.memory.workingSetSize ?? 0) / 1024
    if (held <= limit) continue
    log(`the ${name} process holds ${Math.round(held)} MB, more than ${limit}: ended`)
    services[name].kill()
  }
}

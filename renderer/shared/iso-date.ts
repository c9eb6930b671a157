/** The day of an ISO date, at midnight UTC: no time zone may move a newspaper to another day. */
export function dateOfIso(iso: string): Date {
  return new Date(`${iso}T00:00:00Z`)
}

/** The ISO date of a day at midnight UTC. */
export function isoOfDate(date: Date): string {
  return date.toISOString().slice(0, 10)
}

/** The ISO date so many days later. */
export function addDays(iso: string, days: number): string {
  const date = dateOfIso(iso)
  date.setUTCDate(date.getUTCDate() + days)
  return isoOfDate(date)
}

/** How many days after the first date the second is. */
export function daysBetween(from: string, to: string): number {
  return Math.round((dateOfIso(to).getTime() - dateOfIso(from).getTime()) / 86_400_000)
}

/** Monday 0 … Sunday 6. */
export function weekdayOf(iso: string): number {
  return (dateOfIso(iso).getUTCDay() + 6) % 7
}

/** `2013`, 1, 10 → `2013-01-10`. */
export function isoOf(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** How many days a month has. */
export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

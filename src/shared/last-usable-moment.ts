/** What burns at the first moment of a day may be spent through the day before: that one is told to people (product L10). */
export function lastUsableMoment(burnsAt: Date): Date {
  return new Date(burnsAt.getTime() - 1);
}
